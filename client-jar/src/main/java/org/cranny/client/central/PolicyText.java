package org.cranny.client.central;

import jakarta.json.bind.Jsonb;
import jakarta.json.bind.JsonbBuilder;
import org.cranny.protocol.json.ClosedJson;
import org.cranny.protocol.octets.MalformedException;
import org.cranny.protocol.policy.EffectivePolicy;

/** A source's policy as central writes it. */
public final class PolicyText {
    private PolicyText() {}

    public static EffectivePolicy parse(String text) throws MalformedException {
        try {
            EffectivePolicy policy = Json.BINDING.fromJson(ClosedJson.require(text), EffectivePolicy.class);
            if (policy == null || policy.policy() == null || policy.tag() == null) {
                throw new MalformedException("it is not a policy");
            }
            return policy;
        } catch (RuntimeException e) {
            throw new MalformedException("it is not a policy");
        }
    }

    public static String of(EffectivePolicy policy) {
        return Json.BINDING.toJson(policy);
    }

    /** Loaded only when a policy is read. */
    private static final class Json {
        static final Jsonb BINDING = JsonbBuilder.create();
    }
}
