package org.cranny.client.enrollment;

import java.io.IOException;

/** This machine was not enrolled; the message says why and what to do. */
public class EnrollmentException extends IOException {
    private static final long serialVersionUID = 1L;

    EnrollmentException(String message) {
        super(message);
    }

    EnrollmentException(String message, Throwable cause) {
        super(message, cause);
    }
}
