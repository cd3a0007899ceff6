"""What people say beside an application: questions, complaints, objections, applications for review."""
