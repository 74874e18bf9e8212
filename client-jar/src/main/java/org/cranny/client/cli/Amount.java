package org.cranny.client.cli;

import org.cranny.client.report.Octets;
import picocli.CommandLine.ITypeConverter;
import picocli.CommandLine.TypeConversionException;

/** A number of octets as people type it. */
final class Amount implements ITypeConverter<Long> {

    @Override
    public Long convert(String typed) {
        try {
            return Octets.read(typed);
        } catch (IllegalArgumentException e) {
            throw new TypeConversionException(e.getMessage());
        }
    }
}
