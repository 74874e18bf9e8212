package org.cranny.protocol.recovery;

import java.util.List;
import org.cranny.protocol.enrollment.Enrolled;

/** The machine has taken the place. @param enrolled what an enrollment answers, for the same system as before @param name of the machine @param keyRing base64, sealed to the key that was sent @param formerKeys public keys that signed this source's manifests before, SubjectPublicKeyInfo in base64 @param snapshot id of the one to restore, or null when there is none */
public record HandedOver(Enrolled enrolled, String name, String keyRing, List<String> formerKeys, String snapshot) {
    @Override
    public String toString() {
        return "HandedOver[redacted]";
    }
}
