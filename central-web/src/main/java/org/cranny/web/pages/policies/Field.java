package org.cranny.web.pages.policies;

import java.util.List;
import org.cranny.web.pages.frame.Option;

/**
 * One member of a policy in the form.
 *
 * @param name in the document, and of the field that is sent
 * @param id in the page
 * @param about how it is written, or empty
 * @param kind {@code lines}, {@code line} or {@code choice}
 * @param value that is set here, or as it was sent; empty inherits
 * @param inherited what holds when nothing is set here
 * @param from where that comes from, in words; empty when nobody sets it
 * @param wrong why it was refused, or empty
 * @param options of a choice
 */
public record Field(
        String name,
        String id,
        String label,
        String about,
        String kind,
        String value,
        String inherited,
        String from,
        String wrong,
        List<Option> options) {

    /** Part of the form. @param open whether it is shown without asking */
    public record Section(String title, boolean open, List<Field> fields) {}
}
