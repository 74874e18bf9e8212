# ROLE : ends well while the program runs; else says what it said last.
role=$1
if systemd; then
  ! systemctl --quiet is-active "$(unit_of "$role")" || exit 0
  last=$(journalctl --quiet --output cat --lines 1 --unit "$(unit_of "$role")" 2>/dev/null || true)
else
  ! kill -0 "$(cat "$R$(pid_file_of "$role")")" 2>/dev/null || exit 0
  last=$(tail -n 1 "$R$(log_of "$role")" 2>/dev/null || true)
fi
die "$(program_of "$role") ended by itself${last:+: $last}"
