package org.cranny.web.pages.policies;

import jakarta.json.Json;
import jakarta.json.JsonArray;
import jakarta.json.JsonArrayBuilder;
import jakarta.json.JsonObject;
import jakarta.json.JsonObjectBuilder;
import jakarta.json.JsonString;
import jakarta.json.JsonValue;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.cranny.central.policy.Inherited;
import org.cranny.central.policy.Scope;
import org.cranny.protocol.policy.Policy;
import org.cranny.protocol.problem.Problem;
import org.cranny.protocol.problem.ProblemException;
import org.cranny.web.pages.frame.Option;
import org.cranny.web.pages.words.Texts;

/**
 * A policy as a form and back. An empty field inherits. What the form cannot say, it leaves as it stands: hours of the
 * bandwidth, and lists that are set empty in order to take an inherited one away.
 */
final class PolicyForm {
    private static final Pattern AMOUNT = Pattern.compile("([0-9]{1,18}(?:\\.[0-9]{1,3})?)\\s*(|B|kB|MB|GB|TB)");
    private static final Pattern WHOLE = Pattern.compile("-?[0-9]{1,18}");
    private static final List<String> UNITS = List.of("B", "kB", "MB", "GB", "TB");
    private static final String INHERIT = "inherit";
    private static final long THOUSAND = 1_000;

    /** What does for an office, and what a company that sets nothing yet may begin with. */
    private static final Map<Member, String> USUAL = Map.of(
            Member.PATHS, "/home\n/root\n/etc",
            Member.TIMES, "0 12 * * *",
            Member.JITTER, "60",
            Member.DAILY, "14",
            Member.WEEKLY, "8",
            Member.MONTHLY, "12");

    private final JsonObject set;
    private final JsonObject wider;
    private final Inherited inherited;
    private final List<Member> members;

    /** @param own what the scope sets now @param inherited what it has from wider ones */
    PolicyForm(Scope scope, Policy own, Inherited inherited) {
        this.set = PolicyRow.document(own);
        this.wider = PolicyRow.document(inherited.policy());
        this.inherited = inherited;
        this.members = scope == Scope.PATH ? List.of(Member.EXCLUDES) : List.of(Member.values());
    }

    /** The form with what does for an office where nothing is set. */
    List<Field.Section> usual() {
        return filled(
                member -> {
                    String own = text(member, value(set, member.path()));
                    return own.isEmpty() ? USUAL.getOrDefault(member, "") : own;
                },
                Map.of());
    }

    /** The form with what is set. */
    List<Field.Section> sections() {
        return filled(member -> text(member, value(set, member.path())), Map.of());
    }

    /** The form as it was sent. @param wrong why members were refused */
    List<Field.Section> sections(Function<String, String> sent, Map<Member, String> wrong) {
        return filled(member -> said(sent, member), wrong);
    }

    /** A choice always says something, so inheriting has a word there. */
    private static String said(Function<String, String> sent, Member member) {
        String text = sent.apply(member.path()).strip();
        return text.equals(INHERIT) ? "" : text;
    }

    private List<Field.Section> filled(ValueOf value, Map<Member, String> wrong) {
        Map<Member.Group, List<Field>> groups = new LinkedHashMap<>();
        members.forEach(member -> groups.computeIfAbsent(member.group(), group -> new ArrayList<>())
                .add(field(member, value.of(member), wrong.getOrDefault(member, ""))));
        return groups.entrySet().stream()
                .map(each -> new Field.Section(
                        Texts.say("policy.group." + each.getKey().word()),
                        each.getKey() != Member.Group.HOW
                                || each.getValue().stream()
                                        .anyMatch(field -> !field.value().isEmpty()
                                                || !field.wrong().isEmpty()),
                        each.getValue()))
                .toList();
    }

    /** What stands in a member's field. */
    private interface ValueOf {
        String of(Member member);
    }

    private Field field(Member member, String value, String wrong) {
        JsonValue above = value(wider, member.path());
        String held = above == null ? member.usual() : text(member, above).replace("\n", ", ");
        String from = above == null ? "" : Texts.say("policy.from.scope", String.join(", ", origins(member)));
        String shown = member.kind() == Member.Kind.FLAG && above != null ? word(held) : held;
        return new Field(
                member.path(),
                "m-" + member.path().replace('.', '-'),
                member.label(),
                member.about(),
                kind(member),
                value,
                shown,
                from,
                wrong,
                options(member, value, shown));
    }

    private List<String> origins(Member member) {
        return inherited.origins().getOrDefault(member.path(), List.of());
    }

    private static String kind(Member member) {
        return switch (member.kind()) {
            case LINES -> "lines";
            case FLAG, CHOICE -> "choice";
            case TEXT, NUMBER, BYTES -> "line";
        };
    }

    private static List<Option> options(Member member, String value, String held) {
        List<Option> options = new ArrayList<>();
        if (!member.choices().isEmpty()) {
            options.add(new Option(INHERIT, Texts.say("policy.as-inherited", held), value.isEmpty()));
            member.choices().forEach(each -> options.add(new Option(each, word(each), each.equals(value))));
        }
        return options;
    }

    private static String word(String choice) {
        return switch (choice) {
            case "true" -> Texts.say("policy.yes");
            case "false" -> Texts.say("policy.no");
            default -> choice;
        };
    }

    /**
     * The document that the form says.
     *
     * @param sent what stands in the field of a member
     * @throws ProblemException BAD_REQUEST with the member
     */
    JsonObject document(Function<String, String> sent) {
        JsonObject document = set;
        for (Member member : members) {
            String text = said(sent, member);
            boolean keptEmpty = text.isEmpty() && value(set, member.path()) instanceof JsonArray list && list.isEmpty();
            if (!keptEmpty) {
                document = with(document, member.path(), text.isEmpty() ? null : json(member, text));
            }
        }
        return document;
    }

    private static JsonValue json(Member member, String text) {
        return switch (member.kind()) {
            case LINES -> lines(text);
            case FLAG, CHOICE -> choice(member, text);
            case TEXT -> Json.createValue(text);
            case NUMBER -> number(member, text);
            case BYTES -> amount(member, text);
        };
    }

    private static JsonValue choice(Member member, String text) {
        if (!member.choices().contains(text)) {
            throw new ProblemException(Problem.ofField(member.path(), Texts.say("policy.no-choice")));
        }
        return switch (text) {
            case "true" -> JsonValue.TRUE;
            case "false" -> JsonValue.FALSE;
            default -> Json.createValue(text);
        };
    }

    private static JsonArray lines(String text) {
        JsonArrayBuilder array = Json.createArrayBuilder();
        Arrays.stream(text.split("\\R"))
                .map(String::strip)
                .filter(line -> !line.isEmpty())
                .forEach(array::add);
        return array.build();
    }

    private static JsonValue number(Member member, String text) {
        if (!WHOLE.matcher(text).matches()) {
            throw new ProblemException(Problem.ofField(member.path(), Texts.say("policy.no-number")));
        }
        return Json.createValue(Long.parseLong(text));
    }

    private static JsonValue amount(Member member, String text) {
        Matcher amount = AMOUNT.matcher(text);
        if (!amount.matches()) {
            throw new ProblemException(Problem.ofField(member.path(), Texts.say("policy.no-amount")));
        }
        int unit = Math.max(0, UNITS.indexOf(amount.group(2)));
        BigDecimal octets = new BigDecimal(amount.group(1)).scaleByPowerOfTen(3 * unit);
        if (octets.compareTo(BigDecimal.valueOf(Long.MAX_VALUE)) > 0) {
            throw new ProblemException(Problem.ofField(member.path(), Texts.say("policy.no-amount")));
        }
        return Json.createValue(octets.longValue());
    }

    /** As it is written in the form; empty for null. */
    private static String text(Member member, JsonValue value) {
        if (value instanceof JsonArray array) {
            return array.getValuesAs(PolicyForm::word).stream().collect(Collectors.joining("\n"));
        }
        if (value == null) {
            return "";
        }
        String word = word(value);
        return member.kind() == Member.Kind.BYTES && WHOLE.matcher(word).matches()
                ? amount(Long.parseLong(word))
                : word;
    }

    private static String word(JsonValue value) {
        return value instanceof JsonString text ? text.getString() : value.toString();
    }

    /** Exact: in the largest unit of which there are whole ones. */
    private static String amount(long octets) {
        long left = octets;
        int unit = 0;
        while (left > 0 && left % THOUSAND == 0 && unit < UNITS.size() - 1) {
            left /= THOUSAND;
            unit++;
        }
        return left + " " + UNITS.get(unit);
    }

    private static JsonValue value(JsonObject object, String path) {
        int dot = path.indexOf('.');
        JsonValue found = object.get(dot < 0 ? path : path.substring(0, dot));
        if (dot < 0) {
            return found == null || found == JsonValue.NULL ? null : found;
        }
        return found instanceof JsonObject inner ? value(inner, path.substring(dot + 1)) : null;
    }

    /** The same with one member set; null takes it out, and what is empty then too. */
    private static JsonObject with(JsonObject object, String path, JsonValue value) {
        int dot = path.indexOf('.');
        String name = dot < 0 ? path : path.substring(0, dot);
        JsonValue inner = value;
        if (dot >= 0) {
            JsonObject below = Optional.ofNullable(object.get(name))
                    .filter(JsonObject.class::isInstance)
                    .map(JsonValue::asJsonObject)
                    .orElse(JsonValue.EMPTY_JSON_OBJECT);
            JsonObject changed = with(below, path.substring(dot + 1), value);
            inner = changed.isEmpty() ? null : changed;
        }
        JsonObjectBuilder all = Json.createObjectBuilder(object);
        if (inner == null) {
            all.remove(name);
        } else {
            all.add(name, inner);
        }
        return all.build();
    }
}
