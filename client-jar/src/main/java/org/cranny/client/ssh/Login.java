package org.cranny.client.ssh;

import java.nio.file.Path;

/**
 * What proves who we are to the far side; read for this one act and kept nowhere.
 *
 * @param keyFile private key as OpenSSH writes it, or null
 * @param password of the account, or of the key file when there is one, or null
 */
public record Login(Path keyFile, String password) {
    @Override
    public String toString() {
        return "Login[redacted]";
    }
}
