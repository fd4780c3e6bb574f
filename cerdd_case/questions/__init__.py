"""Les questions : énoncés, réponses jugées, verdicts, avancement."""
