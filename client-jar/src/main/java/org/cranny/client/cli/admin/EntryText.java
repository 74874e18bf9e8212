package org.cranny.client.cli.admin;

import jakarta.json.JsonObject;
import jakarta.json.JsonValue;
import java.util.Locale;

/** An entry as central describes it, on one line for people. */
final class EntryText {
    private EntryText() {}

    static String of(JsonObject entry) {
        String target = Answers.text(entry, "target");
        return String.format(
                Locale.ROOT,
                "%-9s %s %-8s %-8s %12s %-16s %s",
                Answers.text(entry, "kind"),
                Answers.text(entry, "mode"),
                owner(entry, "user", "uid"),
                owner(entry, "group", "gid"),
                Answers.text(entry, "size"),
                Answers.time(entry, "mtime"),
                Answers.text(entry, "path") + (target.isEmpty() ? "" : " -> " + target));
    }

    /** What is there, in a few words; a dash for nothing. */
    static String brief(JsonObject object, String member) {
        JsonValue value = object.getOrDefault(member, JsonValue.NULL);
        if (value.getValueType() != JsonValue.ValueType.OBJECT) {
            return "-";
        }
        JsonObject entry = value.asJsonObject();
        String size = Answers.bytes(entry, "size");
        return Answers.text(entry, "kind") + (size.isEmpty() ? "" : ", " + size) + ", " + Answers.time(entry, "mtime");
    }

    private static String owner(JsonObject entry, String name, String number) {
        String text = Answers.text(entry, name);
        return text.isEmpty() ? Answers.text(entry, number) : text;
    }
}
