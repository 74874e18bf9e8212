package org.cranny.central.syslog;

import java.nio.charset.StandardCharsets;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import org.cranny.central.log.LogLine;

/**
 * An entry of the log as RFC 5424 writes it, on one line whatever it holds.
 *
 * <pre>
 * &lt;109&gt;1 2026-03-01T08:15:30.250Z HOST cranny - order-job
 *     [log@32473 sequence="17" actor="ann" action="order job" subject="job 3" hash="…"] BOM detail
 * </pre>
 *
 * Facility 13 (log audit), severity 5 (notice). The number in the name of the data is the one that RFC 5612 keeps for
 * those who have none. A control character, and whatever else ends a line somewhere, stands there as {@code \\u000a}.
 */
record SyslogMessage(LogLine line, String host) {
    private static final int PRIORITY = 13 * 8 + 5;
    private static final int LONGEST_HOST = 255;
    private static final int LONGEST_ID = 32;
    private static final String BOM = "\uFEFF";
    private static final DateTimeFormatter TIME =
            DateTimeFormatter.ofPattern("uuuu-MM-dd'T'HH:mm:ss.SSS'Z'").withZone(ZoneOffset.UTC);

    String text() {
        return "<" + PRIORITY + ">1 " + TIME.format(line.written()) + " " + word(host, LONGEST_HOST) + " cranny - "
                + word(line.action().replace(' ', '-'), LONGEST_ID) + " [log@32473 sequence=\"" + line.sequence() + "\""
                + value("actor", line.actor())
                + value("action", line.action())
                + value("subject", line.subject())
                + value("hash", line.hash()) + "]"
                + (line.detail().isEmpty() ? "" : " " + BOM + plain(line.detail()));
    }

    /** Its octets behind their number (RFC 5425, RFC 6587). */
    byte[] frame() {
        byte[] octets = text().getBytes(StandardCharsets.UTF_8);
        byte[] count = (octets.length + " ").getBytes(StandardCharsets.US_ASCII);
        byte[] frame = new byte[count.length + octets.length];
        System.arraycopy(count, 0, frame, 0, count.length);
        System.arraycopy(octets, 0, frame, count.length, octets.length);
        return frame;
    }

    private static String value(String name, String text) {
        return " " + name + "=\""
                + plain(text).replace("\\", "\\\\").replace("\"", "\\\"").replace("]", "\\]") + "\"";
    }

    /** Printable ASCII without blanks; a line when nothing is left. */
    private static String word(String text, int longest) {
        String word = text.replaceAll("[^!-~]", "");
        return word.isEmpty() ? "-" : word.substring(0, Math.min(longest, word.length()));
    }

    private static String plain(String text) {
        StringBuilder plain = new StringBuilder();
        for (char each : text.toCharArray()) {
            boolean endsLine = Character.isISOControl(each) || each == '\u2028' || each == '\u2029';
            plain.append(endsLine ? String.format("\\u%04x", (int) each) : String.valueOf(each));
        }
        return plain.toString();
    }
}
