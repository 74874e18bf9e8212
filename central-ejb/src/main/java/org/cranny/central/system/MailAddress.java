package org.cranny.central.system;

import java.util.regex.Pattern;
import org.cranny.protocol.problem.Problem;
import org.cranny.protocol.problem.ProblemException;

/** Refuses what is no mail address of one person. */
final class MailAddress {
    private static final Pattern FORM =
            Pattern.compile("[A-Za-z0-9.!#$%&'*+/=?^_`{|}~-]{1,64}@[A-Za-z0-9]([A-Za-z0-9.-]{0,251}[A-Za-z0-9])?");

    private MailAddress() {}

    /** @return null when nothing was given */
    static String read(String text) {
        String mail = text == null ? "" : text.strip();
        if (mail.isEmpty()) {
            return null;
        }
        if (!FORM.matcher(mail).matches()) {
            throw new ProblemException(Problem.ofField("owner", "one mail address, for example anna@example.org"));
        }
        return mail;
    }
}
