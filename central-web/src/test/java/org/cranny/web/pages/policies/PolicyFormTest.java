package org.cranny.web.pages.policies;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import jakarta.json.Json;
import jakarta.json.JsonObject;
import jakarta.json.JsonValue;
import jakarta.json.bind.JsonbBuilder;
import java.io.StringReader;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.cranny.central.policy.Inherited;
import org.cranny.central.policy.Scope;
import org.cranny.protocol.policy.Policy;
import org.cranny.protocol.problem.ProblemException;
import org.cranny.web.pages.words.Texts;
import org.junit.jupiter.api.Test;

/** What a form says is the document that it says, and nothing that it cannot say is lost. */
class PolicyFormTest {
    private static final Inherited NOTHING = new Inherited(Policy.EMPTY, Map.of());
    private static final String WHOLE = "{\"paths\":[\"/home\",\"/etc\"],\"excludes\":[\"*.tmp\"],"
            + "\"excludeLargerThanBytes\":4000000000,\"oneFileSystem\":true,\"schedule\":{\"times\":[\"0 20 * * *\"],"
            + "\"zone\":\"Europe/Berlin\",\"window\":{\"from\":\"20:00\",\"to\":\"23:00\"}},\"copies\":3,"
            + "\"retention\":{\"daily\":7},\"bandwidth\":{\"uploadBytesPerSecond\":1500,\"hours\":[{\"days\":[\"MON\"],"
            + "\"from\":\"08:00\",\"to\":\"18:00\",\"uploadBytesPerSecond\":1000}]},\"hooks\":{\"pre\":[]}}";

    @Test
    void whatIsShownAndSentBackIsTheSame() {
        PolicyForm form = new PolicyForm(Scope.SYSTEM, policy(WHOLE), NOTHING);
        assertEquals(json(WHOLE), form.document(sent(form)::get));
    }

    @Test
    void anEmptyFieldInheritsAndTakesItsParentWithIt() {
        PolicyForm form = new PolicyForm(Scope.SYSTEM, policy(WHOLE), NOTHING);
        Map<String, String> sent = sent(form);
        List.of("schedule.times", "schedule.zone", "schedule.window.from", "schedule.window.to", "retention.daily")
                .forEach(member -> sent.put(member, " "));
        JsonObject document = form.document(sent::get);
        assertTrue(!document.containsKey("schedule") && !document.containsKey("retention"), document::toString);
        assertEquals(
                1, document.getJsonObject("bandwidth").getJsonArray("hours").size());
    }

    @Test
    void showsWhatHoldsWhenNothingIsSetAndWhereItComesFrom() {
        Inherited wider = new Inherited(
                policy("{\"copies\":3,\"defaultExcludes\":false}"),
                Map.of("copies", List.of("company"), "defaultExcludes", List.of("group servers")));
        List<Field> fields = new PolicyForm(Scope.SYSTEM, Policy.EMPTY, wider)
                .sections().stream()
                        .flatMap(section -> section.fields().stream())
                        .toList();
        Field copies = field(fields, "copies");
        assertEquals("3", copies.inherited());
        assertEquals("from company", copies.from());
        assertEquals("", copies.value());
        assertEquals(
                "as inherited: no",
                field(fields, "defaultExcludes").options().get(0).label());
        assertEquals("", field(fields, "schedule.zone").from());
        assertEquals("UTC", field(fields, "schedule.zone").inherited());
    }

    @Test
    void whatDoesForAnOfficeIsProposedWhereNothingIsSetAndCanBeSaved() {
        PolicyForm form = new PolicyForm(Scope.COMPANY, policy("{\"paths\":[\"/srv\"]}"), NOTHING);
        Map<String, String> proposed = new HashMap<>();
        form.usual().forEach(section -> section.fields().forEach(field -> proposed.put(field.name(), field.value())));
        JsonObject document = form.document(proposed::get);
        assertEquals("[\"/srv\"]", document.getJsonArray("paths").toString());
        assertEquals(1, document.getJsonObject("schedule").getJsonArray("times").size());
        assertEquals(14, document.getJsonObject("retention").getInt("daily"));
        assertEquals(
                "/home\n/root\n/etc",
                new PolicyForm(Scope.COMPANY, Policy.EMPTY, NOTHING)
                        .usual()
                        .get(0)
                        .fields()
                        .get(0)
                        .value());
    }

    @Test
    void aSizeHasAUnitAndWhatIsNoneNamesItsField() {
        PolicyForm form = new PolicyForm(Scope.COMPANY, Policy.EMPTY, NOTHING);
        assertEquals(
                1_500_000_000L,
                one(form, "excludeLargerThanBytes", "1.5 GB")
                        .getJsonNumber("excludeLargerThanBytes")
                        .longValue());
        assertEquals(700, one(form, "excludeLargerThanBytes", "700").getInt("excludeLargerThanBytes"));
        ProblemException wrong =
                assertThrows(ProblemException.class, () -> one(form, "bandwidth.uploadBytesPerSecond", "fast"));
        assertEquals("bandwidth.uploadBytesPerSecond", wrong.problem().field());
        assertEquals(
                "copies",
                assertThrows(ProblemException.class, () -> one(form, "copies", "many"))
                        .problem()
                        .field());
    }

    @Test
    void aChoiceSetsOrInheritsAndNothingElse() {
        PolicyForm form = new PolicyForm(Scope.COMPANY, policy("{\"oneFileSystem\":true}"), NOTHING);
        assertEquals(JsonValue.FALSE, one(form, "oneFileSystem", "false").get("oneFileSystem"));
        assertTrue(one(form, "oneFileSystem", "inherit").isEmpty());
        assertThrows(ProblemException.class, () -> one(form, "oneFileSystem", "as inherited: no"));
    }

    @Test
    void aRefusalIsShownAtItsField() {
        assertEquals(Member.TIMES, Member.named("schedule.times[1]").orElseThrow());
        assertEquals(Member.FROM, Member.named("schedule.window").orElseThrow());
        assertEquals(Member.LAST, Member.named("retention").orElseThrow());
        assertTrue(Member.named("bandwidth.hours[0].days").isEmpty());
    }

    @Test
    void aFolderHasPatternsOnlyAndEveryMemberHasWords() {
        assertEquals(
                1, new PolicyForm(Scope.PATH, Policy.EMPTY, NOTHING).sections().size());
        Arrays.stream(Member.values())
                .forEach(member ->
                        assertTrue(!member.label().isEmpty() && !member.usual().isEmpty()));
        Arrays.stream(Member.Group.values()).forEach(group -> assertTrue(Texts.has("policy.group." + group.word())));
    }

    private static JsonObject one(PolicyForm form, String member, String text) {
        Map<String, String> sent = sent(form);
        sent.put(member, text);
        return form.document(sent::get);
    }

    private static Map<String, String> sent(PolicyForm form) {
        Map<String, String> sent = new HashMap<>();
        form.sections().forEach(section -> section.fields().forEach(field -> sent.put(field.name(), field.value())));
        return sent;
    }

    private static Field field(List<Field> fields, String name) {
        return fields.stream()
                .filter(each -> each.name().equals(name))
                .findFirst()
                .orElseThrow();
    }

    private static Policy policy(String document) {
        return JsonbBuilder.create().fromJson(document, Policy.class);
    }

    private static JsonObject json(String document) {
        return Json.createReader(new StringReader(document)).readObject();
    }
}
