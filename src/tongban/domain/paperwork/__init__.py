"""The written documents (文书) of a case: which event leaves which, its number, and what it says."""
