package org.cranny.client.status;

import jakarta.json.JsonNumber;
import jakarta.json.JsonObject;
import java.util.OptionalLong;
import org.cranny.client.report.Human;
import org.cranny.protocol.masterfile.Host;

/**
 * What one host says of itself.
 *
 * @param said the body of its {@code GET /v1/status}, or null
 * @param trouble why it said nothing, or null
 */
public record HostReport(Host host, JsonObject said, String trouble) {
    public boolean reached() {
        return said != null;
    }

    /** A size in its report, for people; {@code ?} when it did not say. */
    public String bytes(String group, String member) {
        OptionalLong value = number(group, member);
        return value.isPresent() ? Human.bytes(value.getAsLong()) : "?";
    }

    /** A number in its report, for people; {@code ?} when it did not say. */
    public String count(String group, String member) {
        OptionalLong value = number(group, member);
        return value.isPresent() ? Human.count(value.getAsLong()) : "?";
    }

    private OptionalLong number(String group, String member) {
        boolean there = said != null
                && said.get(group) instanceof JsonObject object
                && object.get(member) instanceof JsonNumber;
        return there
                ? OptionalLong.of(
                        said.getJsonObject(group).getJsonNumber(member).longValue())
                : OptionalLong.empty();
    }
}
