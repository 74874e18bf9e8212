package org.cranny.client.enrollment;

import jakarta.json.JsonValue;
import java.io.IOException;
import java.net.URI;
import org.cranny.client.central.PeoplesCentral;

/**
 * Somebody who signs in at central, so that a machine of theirs may join. Name and password go to no server but the central
 * whose authority has the fingerprint, and are kept nowhere.
 *
 * @param central address of the people's listener, as it was typed
 * @param fingerprint of the realm's authority, as it was typed
 */
public record SignIn(String central, String fingerprint, String user, String password) {
    /**
     * To enroll with: central gives a token for one machine of theirs.
     *
     * @param name this machine's, as central will show it
     * @throws IOException also when something is missing or cannot be meant, and when central is another one
     * @throws org.cranny.protocol.problem.ProblemException NOT_LOGGED_IN, NOT_ALLOWED to whom owns no machines
     */
    public Enrollment.Order order(String name) throws IOException {
        URI address;
        Fingerprint authority;
        try {
            address = Invitation.address(central);
            authority = Fingerprint.parse(fingerprint);
        } catch (IllegalArgumentException wrong) {
            throw new IOException(wrong.getMessage(), wrong);
        }
        if (user.isBlank() || user.contains(":") || password.isEmpty()) {
            throw new IOException("Name or password is missing. Write those with which you log in to central's pages.");
        }
        try (PeoplesCentral people = new PeoplesCentral(address, authority.trust(), user.strip(), password)) {
            String token = people.post("tokens/own", JsonValue.EMPTY_JSON_OBJECT)
                    .asJsonObject()
                    .getString("token");
            return new Enrollment.Order(address, token, authority, name);
        }
    }

    @Override
    public String toString() {
        return "SignIn[" + central + ", name and password redacted]";
    }
}
