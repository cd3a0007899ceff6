"""The service hall (大厅): queues, who is called next, opening hours, appointments."""
