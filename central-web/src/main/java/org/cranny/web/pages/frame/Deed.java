package org.cranny.web.pages.frame;

import jakarta.enterprise.context.RequestScoped;
import jakarta.faces.context.FacesContext;
import jakarta.inject.Inject;
import jakarta.servlet.http.HttpServletRequest;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.function.Supplier;
import org.cranny.protocol.problem.ProblemException;
import org.cranny.protocol.problem.ProblemKind;
import org.cranny.web.pages.words.Texts;
import org.cranny.web.security.Refusals;

/** Carries out what a form asks for, then shows a page at its own address, so that a reload does nothing again. */
@RequestScoped
public class Deed {
    @Inject
    Said said;

    @Inject
    Visitor visitor;

    @Inject
    Refusals refusals;

    @Inject
    HttpServletRequest request;

    /** @param address shown next, in any case @param work gives the sentence that says what came of it */
    public void carryOut(String address, Supplier<String> work) {
        carryOutTo(address, () -> {
            said.done(work.get());
            return address;
        });
    }

    /** As {@link #carryOut(String, Supplier)}, where another right than that to change things for all counts. */
    public void carryOut(String address, boolean allowed, Supplier<String> work) {
        carryOutTo(address, allowed, () -> {
            said.done(work.get());
            return address;
        });
    }

    /** @param otherwise shown when the work is refused @param work gives the address that is shown next */
    public void carryOutTo(String otherwise, Supplier<String> work) {
        carryOutTo(otherwise, visitor.isActing(), work);
    }

    /** As {@link #carryOutTo(String, Supplier)}, where another right than that to change things counts. */
    public void carryOutTo(String otherwise, boolean allowed, Supplier<String> work) {
        String next = otherwise;
        try {
            require(allowed);
            next = work.get();
        } catch (ProblemException e) {
            said.wrong(sentence(e));
        }
        show(next);
    }

    /** @throws ProblemException NOT_ALLOWED; the refusal is in the log */
    public void require(boolean allowed) {
        if (!allowed) {
            refusals.note(request.getRemoteUser(), "deed on " + request.getServletPath());
            throw new ProblemException(ProblemKind.NOT_ALLOWED, Texts.say("said.not-allowed"));
        }
    }

    /** Goes on only when the visitor may change things. @throws ProblemException NOT_ALLOWED */
    public void requireActing() {
        require(visitor.isActing());
    }

    /** Says a sentence on the page that is shown next. */
    public void say(String sentence) {
        said.done(sentence);
    }

    /** Says a sentence about something that is not as it should be. */
    public void warn(String sentence) {
        said.wrong(sentence);
    }

    public static String sentence(ProblemException problem) {
        String text = problem.problem().detail();
        return text == null || text.isBlank() ? problem.getMessage() : sentence(text);
    }

    /** It begins with a capital and ends with a full stop. */
    public static String sentence(String text) {
        if (text.isBlank()) {
            return "";
        }
        String begun = Character.toUpperCase(text.charAt(0)) + text.substring(1);
        return begun.endsWith(".") ? begun : begun + ".";
    }

    /** Answers with the address of what is shown next. */
    static void show(String address) {
        FacesContext faces = FacesContext.getCurrentInstance();
        try {
            faces.getExternalContext().redirect(address);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        faces.responseComplete();
    }
}
