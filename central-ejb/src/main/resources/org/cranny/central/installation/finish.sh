# Nothing is to be taken back any more.
sync
rm -f "$journal"
