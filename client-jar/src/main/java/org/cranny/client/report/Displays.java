package org.cranny.client.report;

/** The four ways to show work: a bar, plain lines, JSON lines, warnings only. */
final class Displays {
    private static final long BAR_MILLIS = 100;
    private static final long LINES_MILLIS = 5000;
    private static final long JSON_MILLIS = 1000;
    private static final String CLEAR_LINE = "\r\u001b[K";

    private Displays() {}

    static Display bar(Screen screen, String what) {
        return new Bar(screen, what);
    }

    static Display lines(Screen screen, String what) {
        return new Lines(screen, what);
    }

    static Display json(Screen screen) {
        return new JsonLines(screen);
    }

    static Display quiet(Screen screen) {
        return new Quiet(screen);
    }

    static Display told(ProgressListener listener) {
        return new Told(listener);
    }

    private static String warned(String path, String reason) {
        return "cranny: warning: " + (path == null ? "" : path + ": ") + reason;
    }

    private record Bar(Screen screen, String what) implements Display {
        @Override
        public long intervalMillis() {
            return BAR_MILLIS;
        }

        @Override
        public boolean wantsTotal() {
            return true;
        }

        @Override
        public void show(Counts counts, Pace pace) {
            screen.out().print(CLEAR_LINE + ProgressLine.bar(what, counts, pace, screen.columns()));
            screen.out().flush();
        }

        @Override
        public void warning(String path, String reason) {
            end();
            screen.errorLine(warned(path, reason));
        }

        @Override
        public void notice(String line) {
            end();
            screen.line(line);
        }

        @Override
        public void end() {
            screen.out().print(CLEAR_LINE);
            screen.out().flush();
        }
    }

    private record Lines(Screen screen, String what) implements Display {
        @Override
        public long intervalMillis() {
            return LINES_MILLIS;
        }

        @Override
        public boolean wantsTotal() {
            return true;
        }

        @Override
        public void show(Counts counts, Pace pace) {
            screen.line(ProgressLine.plain(what, counts, pace));
        }

        @Override
        public void warning(String path, String reason) {
            screen.errorLine(warned(path, reason));
        }

        @Override
        public void notice(String line) {
            screen.line(line);
        }

        @Override
        public void end() {
            screen.out().flush();
        }
    }

    private record JsonLines(Screen screen) implements Display {
        @Override
        public long intervalMillis() {
            return JSON_MILLIS;
        }

        @Override
        public void show(Counts counts, Pace pace) {
            JsonLine line = JsonLine.of("progress")
                    .add("files", counts.files())
                    .add("filesTotal", counts.filesTotal())
                    .add("bytes", counts.bytes())
                    .add("bytesTotal", counts.bytesTotal())
                    .add("storedBytes", counts.stored())
                    .add("warnings", counts.warnings())
                    .add("bytesPerSecond", Math.round(pace.bytesPerSecond()));
            pace.secondsLeft().ifPresent(seconds -> line.add("secondsLeft", seconds));
            screen.line(line.toString());
        }

        @Override
        public void warning(String path, String reason) {
            screen.line(JsonLine.of("warning")
                    .add("path", path)
                    .add("message", reason)
                    .toString());
        }

        @Override
        public void notice(String line) {
            screen.line(JsonLine.of("notice").add("message", line).toString());
        }

        @Override
        public void event(JsonLine line, String sentence) {
            screen.line(line.add("message", sentence).toString());
        }

        @Override
        public void end() {
            screen.out().flush();
        }
    }

    private record Quiet(Screen screen) implements Display {
        @Override
        public long intervalMillis() {
            return Long.MAX_VALUE;
        }

        @Override
        public void show(Counts counts, Pace pace) {
            throw new IllegalStateException("a quiet display is never asked to show");
        }

        @Override
        public void warning(String path, String reason) {
            screen.errorLine(warned(path, reason));
        }

        @Override
        public void notice(String line) {
            screen.errorLine("cranny: " + line);
        }

        @Override
        public void end() {
            screen.err().flush();
        }
    }

    private record Told(ProgressListener listener) implements Display {
        @Override
        public long intervalMillis() {
            return JSON_MILLIS;
        }

        @Override
        public boolean wantsTotal() {
            return true;
        }

        @Override
        public void show(Counts counts, Pace pace) {
            listener.progress(counts, Math.round(pace.bytesPerSecond()), pace.secondsLeft());
        }

        @Override
        public void warning(String path, String reason) {
            listener.warning(path, reason);
        }

        @Override
        public void notice(String line) {
            listener.notice(line);
        }

        @Override
        public void end() {
            // The listener keeps what it heard last.
        }
    }
}
