"""What Discord shows: cards as plain data, quotations, and the words on them."""
