"""Les réglages et les extensions du JupyterLab que lance `cerdd`, et de lui seul."""
