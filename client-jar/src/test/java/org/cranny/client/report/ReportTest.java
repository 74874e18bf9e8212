package org.cranny.client.report;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import jakarta.json.Json;
import jakarta.json.JsonObject;
import jakarta.json.JsonReader;
import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.io.StringReader;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.List;
import java.util.OptionalLong;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Test;

class ReportTest {
    private static final long SECOND = 1_000_000_000L;

    private final ByteArrayOutputStream out = new ByteArrayOutputStream();
    private final ByteArrayOutputStream err = new ByteArrayOutputStream();
    private final AtomicLong now = new AtomicLong();

    @Test
    void writesSizesWithThreeDigits() {
        assertEquals("0 B", Human.bytes(0));
        assertEquals("999 B", Human.bytes(999));
        assertEquals("1.00 kB", Human.bytes(1000));
        assertEquals("1.00 MB", Human.bytes(999_950));
        assertEquals("12.3 MB", Human.bytes(12_345_678));
        assertEquals("123 GB", Human.bytes(123_456_789_012L));
        assertEquals("9.22 EB", Human.bytes(Long.MAX_VALUE));
        assertEquals("999", Human.count(999));
        assertEquals("1,234,567", Human.count(1_234_567));
        assertEquals("-123", Human.count(-123));
        assertEquals("-1,234", Human.count(-1234));
        assertEquals("1 copy, 2 copies", Human.count(1, "copy", "copies") + ", " + Human.count(2, "copy", "copies"));
    }

    @Test
    void writesTimesInTwoUnits() {
        assertEquals("0.4 s", Human.duration(Duration.ofMillis(400)));
        assertEquals("34 s", Human.duration(Duration.ofSeconds(34)));
        assertEquals("2 min 5 s", Human.duration(125));
        assertEquals("3 h 20 min", Human.duration(12_000));
        assertEquals("2 d 4 h", Human.duration(187_200));
        assertEquals("1970-01-01 00:00", Human.time(Instant.EPOCH, ZoneOffset.UTC));
    }

    @Test
    void escapesWhatIsNoTextSoThatNamesStayDistinct() {
        assertEquals("Grün", Names.printable("Grün".getBytes(StandardCharsets.UTF_8)));
        assertEquals("a\\xFFb", Names.printable(new byte[] {'a', (byte) 0xff, 'b'}));
        assertEquals("a\\\\xFFb", Names.printable("a\\xFFb".getBytes(StandardCharsets.UTF_8)));
        assertEquals("\\x1B[2J\\x0A", Names.printable("\u001b[2J\n".getBytes(StandardCharsets.UTF_8)));
        assertEquals("\\xE2\\x82", Names.printable(new byte[] {(byte) 0xe2, (byte) 0x82}));
        assertEquals("\\xC2\\x85", Names.printable("\u0085".getBytes(StandardCharsets.UTF_8)));
    }

    @Test
    void tellsRateAndRemainingTimeOverTheLastSeconds() {
        Pace pace = new Pace();
        pace.add(0, counts(0, 1000));
        assertEquals(OptionalLong.empty(), pace.secondsLeft());
        pace.add(2 * SECOND, counts(200, 1000));
        assertEquals(100, pace.bytesPerSecond(), 0.001);
        assertEquals(OptionalLong.of(8), pace.secondsLeft());
        for (int second = 3; second < 30; second++) {
            pace.add(second * SECOND, counts(200, 1000));
        }
        assertEquals(0, pace.bytesPerSecond());
        assertEquals(OptionalLong.empty(), pace.secondsLeft());
    }

    @Test
    void fitsTheBarIntoTheTerminal() {
        Pace pace = new Pace();
        pace.add(0, counts(0, 4000));
        pace.add(SECOND, counts(1000, 4000));
        String wide = ProgressLine.bar("Backing up", counts(1000, 4000), pace, 120);
        assertEquals(
                "Backing up [█████···············] 25 %  1.00 kB of 4.00 kB  3 s left  1.00 kB/s  3 of 9 files", wide);
        for (int columns = 1; columns < 120; columns++) {
            assertTrue(ProgressLine.bar("Backing up", counts(1000, 4000), pace, columns)
                            .length()
                    <= columns);
        }
        assertEquals(
                "Backing up 25 %  1.00 kB of 4.00 kB  3 s left  1.00 kB/s  3 of 9 files",
                ProgressLine.plain("Backing up", counts(1000, 4000), pace));
    }

    @Test
    void showsNoMoreOftenThanTheDisplayWants() {
        try (Progress progress = new Progress(Displays.lines(screen(), "Restoring"), now::get)) {
            for (int i = 0; i < 100; i++) {
                now.addAndGet(SECOND / 10);
                progress.done(1, 10);
            }
        }
        assertEquals(2, lines(out).size());
        assertEquals("Restoring  500 B  100 B/s  50 files", lines(out).get(0));
    }

    @Test
    void writesEveryJsonLineSoThatItParses() {
        try (Progress progress = new Progress(Displays.json(screen()), now::get)) {
            progress.total(9, 4000);
            now.addAndGet(SECOND);
            progress.done(1, 1000);
            progress.warning(new byte[] {'/', (byte) 0xff, '"'}, "cannot be \"read\"\u001b");
            progress.notice("Central is away.");
        }
        List<JsonObject> objects = lines(out).stream().map(ReportTest::object).toList();
        assertEquals(1000, objects.get(0).getInt("bytes"));
        assertEquals(3, objects.get(0).getInt("secondsLeft"));
        assertEquals("/\\xFF\"", objects.get(1).getString("path"));
        assertEquals("cannot be \"read\" ", objects.get(1).getString("message"));
        assertEquals("notice", objects.get(2).getString("type"));
    }

    @Test
    void saysNothingAfterItsEnd() {
        Progress progress = new Progress(Displays.lines(screen(), "Checking"), now::get);
        progress.close();
        now.addAndGet(60 * SECOND);
        progress.done(1, 1);
        progress.warning("host", "is late");
        progress.notice("late");
        assertEquals("", out.toString(StandardCharsets.UTF_8) + err.toString(StandardCharsets.UTF_8));
    }

    @Test
    void showsWarningsOnlyWhenQuiet() {
        try (Progress progress = new Progress(Displays.quiet(screen()), now::get)) {
            now.addAndGet(600 * SECOND);
            progress.done(1, 1);
            progress.warning("ws-03", "cannot be reached");
        }
        assertEquals("", out.toString(StandardCharsets.UTF_8));
        assertEquals(List.of("cranny: warning: ws-03: cannot be reached"), lines(err));
    }

    @Test
    void setsNumbersRightAndTextLeft() {
        Table table = Table.of("Name", "Size").row("a", "1.00 kB").row("long\u0007", "12 B");
        assertEquals(List.of("Name   Size", "a      1.00 kB", "long      12 B"), padded(table));
        assertFalse(table.lines().toString().contains("\u0007"));
    }

    private static List<String> padded(Table table) {
        List<String> lines = table.lines();
        return List.of(lines.get(0).replaceAll("Name +Size", "Name   Size"), lines.get(1), lines.get(2));
    }

    private static Counts counts(long bytes, long total) {
        return new Counts(3, 9, bytes, total, 0, 0);
    }

    private Screen screen() {
        return new Screen(stream(out), stream(err), false, 80);
    }

    private static PrintStream stream(ByteArrayOutputStream into) {
        return new PrintStream(into, true, StandardCharsets.UTF_8);
    }

    private static List<String> lines(ByteArrayOutputStream written) {
        return written.toString(StandardCharsets.UTF_8).lines().toList();
    }

    private static JsonObject object(String line) {
        try (JsonReader reader = Json.createReader(new StringReader(line))) {
            return reader.readObject();
        }
    }
}
