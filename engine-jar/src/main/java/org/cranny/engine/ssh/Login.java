package org.cranny.engine.ssh;

/**
 * What proves who we are to the far side; for this one act, and kept nowhere.
 *
 * @param key private key as OpenSSH writes it, or null
 * @param password of the account, or of the key when there is one, or null
 */
public record Login(String key, String password) {
    @Override
    public String toString() {
        return "Login[redacted]";
    }
}
