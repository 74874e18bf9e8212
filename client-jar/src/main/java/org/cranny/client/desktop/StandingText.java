package org.cranny.client.desktop;

import jakarta.json.Json;
import jakarta.json.JsonArray;
import jakarta.json.JsonArrayBuilder;
import jakarta.json.JsonObject;
import jakarta.json.JsonObjectBuilder;
import jakarta.json.JsonString;
import java.io.IOException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.cranny.client.owner.OwnHolds;
import org.cranny.client.owner.OwnNews;
import org.cranny.client.owner.OwnRates;
import org.cranny.client.policy.UsualBackup;
import org.cranny.client.status.Keeping;
import org.cranny.client.status.Standing;
import org.cranny.protocol.job.AgentHold;
import org.cranny.protocol.masterfile.Host;
import org.cranny.protocol.octets.MalformedException;
import org.cranny.protocol.octets.PathNotation;

/** How backups stand, as it goes over the socket. What is not known is left out. */
final class StandingText {
    private StandingText() {}

    static JsonObject of(Standing standing) {
        JsonObjectBuilder object = Json.createObjectBuilder()
                .add("name", standing.name())
                .add("number", standing.number())
                .add("kept", standing.kept())
                .add("snapshots", snapshots(standing.snapshots()))
                .add("newestIsKnown", standing.newestIsKnown())
                .add("basis", standing.basis().name())
                .add("folders", Json.createArrayBuilder(standing.folders()))
                .add("chosen", chosen(standing.chosen()))
                .add("together", standing.together())
                .add("upload", standing.own().rates().upload())
                .add("download", standing.own().rates().download())
                .add("news", news(standing.news()));
        standing.newest()
                .ifPresent(newest -> object.add(
                        "newest",
                        Json.createObjectBuilder()
                                .add("ended", newest.ended().toString())
                                .add("files", newest.files())
                                .add("bytes", newest.bytes())));
        standing.elsewhere().ifPresent(work -> object.add("elsewhere", work));
        standing.next().ifPresent(next -> object.add("next", next.toString()));
        standing.lends()
                .ifPresent(lent -> object.add(
                        "lends",
                        Json.createObjectBuilder()
                                .add("quotaBytes", lent.quotaBytes())
                                .add("freeBytes", lent.freeBytes())));
        standing.own().hold().ifPresent(hold -> object.add("hold", hold(hold)));
        JsonObjectBuilder holds = Json.createObjectBuilder();
        standing.own().holds().forEach((cause, answer) -> holds.add(cause.name(), answer.name()));
        return object.add("holds", holds).build();
    }

    private static JsonArrayBuilder chosen(List<byte[]> paths) {
        JsonArrayBuilder array = Json.createArrayBuilder();
        paths.forEach(path -> array.add(PathNotation.of(path)));
        return array;
    }

    private static JsonArrayBuilder snapshots(List<Standing.Kept> snapshots) {
        JsonArrayBuilder array = Json.createArrayBuilder();
        snapshots.forEach(snapshot -> array.add(of(snapshot)));
        return array;
    }

    static JsonObjectBuilder of(Standing.Kept snapshot) {
        return Json.createObjectBuilder()
                .add("id", snapshot.id())
                .add("ended", snapshot.ended().toString())
                .add("files", snapshot.files())
                .add("bytes", snapshot.bytes());
    }

    static Standing.Kept kept(JsonObject object) {
        return new Standing.Kept(
                object.getString("id"),
                Instant.parse(object.getString("ended")),
                object.getJsonNumber("files").longValue(),
                object.getJsonNumber("bytes").longValue());
    }

    private static JsonArrayBuilder news(List<OwnNews.Event> events) {
        JsonArrayBuilder array = Json.createArrayBuilder();
        events.forEach(event -> array.add(Json.createObjectBuilder()
                .add("kind", event.kind().name())
                .add("when", event.when().toString())
                .add("text", event.text())));
        return array;
    }

    private static JsonObjectBuilder hold(AgentHold hold) {
        JsonObjectBuilder object = Json.createObjectBuilder()
                .add("kind", hold.kind())
                .add("since", hold.since().toString());
        if (hold.until() != null) {
            object.add("until", hold.until().toString());
        }
        return object;
    }

    /** @throws IOException when it cannot be meant */
    static Standing standing(JsonObject object) throws IOException {
        try {
            return new Standing(
                    object.getString("name"),
                    object.getJsonNumber("number").longValue(),
                    object.getJsonArray("snapshots").getValuesAs(JsonObject.class).stream()
                            .map(StandingText::kept)
                            .toList(),
                    object.getInt("kept"),
                    Optional.ofNullable(object.getJsonObject("newest"))
                            .map(newest -> new Standing.Newest(
                                    Instant.parse(newest.getString("ended")),
                                    newest.getJsonNumber("files").longValue(),
                                    newest.getJsonNumber("bytes").longValue())),
                    object.getBoolean("newestIsKnown"),
                    UsualBackup.Basis.valueOf(object.getString("basis")),
                    texts(object.getJsonArray("folders")),
                    paths(texts(object.getJsonArray("chosen"))),
                    Optional.ofNullable(object.getString("elsewhere", null)),
                    Optional.ofNullable(object.getString("next", null)).map(Instant::parse),
                    object.getBoolean("together"),
                    Optional.ofNullable(object.getJsonObject("lends"))
                            .map(lent -> new Standing.Lent(
                                    lent.getJsonNumber("quotaBytes").longValue(),
                                    lent.getJsonNumber("freeBytes").longValue())),
                    new Standing.Own(
                            Optional.ofNullable(object.getJsonObject("hold")).map(StandingText::hold),
                            new OwnRates.Rates(
                                    object.getJsonNumber("upload").longValue(),
                                    object.getJsonNumber("download").longValue()),
                            holds(object.getJsonObject("holds"))),
                    events(object.getJsonArray("news")));
        } catch (RuntimeException | MalformedException e) {
            throw wrong(e);
        }
    }

    private static AgentHold hold(JsonObject object) {
        String until = object.getString("until", null);
        return new AgentHold(
                object.getString("kind"),
                Instant.parse(object.getString("since")),
                until == null ? null : Instant.parse(until));
    }

    private static Map<OwnHolds.Cause, OwnHolds.Answer> holds(JsonObject object) {
        Map<OwnHolds.Cause, OwnHolds.Answer> holds = new EnumMap<>(OwnHolds.Cause.class);
        object.keySet()
                .forEach(cause ->
                        holds.put(OwnHolds.Cause.valueOf(cause), OwnHolds.Answer.valueOf(object.getString(cause))));
        return holds;
    }

    private static List<OwnNews.Event> events(JsonArray array) {
        return array.getValuesAs(JsonObject.class).stream()
                .map(event -> new OwnNews.Event(
                        OwnNews.Kind.valueOf(event.getString("kind")),
                        Instant.parse(event.getString("when")),
                        event.getString("text")))
                .toList();
    }

    private static List<String> texts(JsonArray array) {
        return array.getValuesAs(JsonString.class).stream()
                .map(JsonString::getString)
                .toList();
    }

    private static List<byte[]> paths(List<String> texts) throws MalformedException {
        List<byte[]> paths = new ArrayList<>();
        for (String text : texts) {
            paths.add(PathNotation.absolute(text));
        }
        return paths;
    }

    static JsonObject of(Optional<Keeping> keeping) {
        JsonObjectBuilder object = Json.createObjectBuilder();
        keeping.ifPresent(known -> {
            JsonArrayBuilder lines = Json.createArrayBuilder();
            for (Keeping.Line line : known.lines()) {
                JsonObjectBuilder each =
                        Json.createObjectBuilder().add("name", line.name()).add("bytes", line.bytes());
                lines.add(
                        line.state() == null
                                ? each
                                : each.add("state", line.state().name()));
            }
            object.add("lines", lines).add("fewestCopies", known.fewestCopies());
        });
        return object.build();
    }

    /** @throws IOException when it cannot be meant */
    static Optional<Keeping> keeping(JsonObject object) throws IOException {
        try {
            return object.containsKey("lines")
                    ? Optional.of(new Keeping(
                            object.getJsonArray("lines").getValuesAs(JsonObject.class).stream()
                                    .map(StandingText::line)
                                    .toList(),
                            object.getInt("fewestCopies")))
                    : Optional.empty();
        } catch (RuntimeException e) {
            throw wrong(e);
        }
    }

    private static Keeping.Line line(JsonObject line) {
        String state = line.getString("state", null);
        return new Keeping.Line(
                line.getString("name"),
                line.getJsonNumber("bytes").longValue(),
                state == null ? null : Host.State.valueOf(state));
    }

    static IOException wrong(Exception cause) {
        return new IOException(
                "The agent's answer cannot be read: " + cause.getMessage()
                        + ". Its version may be another; restart it.",
                cause);
    }
}
