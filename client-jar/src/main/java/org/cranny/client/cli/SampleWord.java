package org.cranny.client.cli;

import java.util.Map;
import java.util.Stack;
import org.cranny.client.report.Octets;
import org.cranny.engine.check.Sample;
import picocli.CommandLine.IParameterPreprocessor;
import picocli.CommandLine.ITypeConverter;
import picocli.CommandLine.Model.ArgSpec;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.TypeConversionException;

/** How much is drawn by lot: {@code --trial-restore=5%}, {@code --trial-restore=2G}, or the usual when the word is left out. */
@SuppressWarnings("JdkObsolete") // what the parser hands over is a Stack
final class SampleWord implements IParameterPreprocessor, ITypeConverter<Sample> {
    private static final long USUAL_BYTES = 256_000_000;

    @Override
    public boolean preprocess(
            Stack<String> arguments, CommandSpec command, ArgSpec option, Map<String, Object> details) {
        if ("=".equals(details.get("separator"))) {
            return false;
        }
        option.setValue(Sample.ofBytes(USUAL_BYTES));
        return true;
    }

    @Override
    public Sample convert(String typed) {
        try {
            return typed.endsWith("%")
                    ? Sample.ofShare(new Share().convert(typed))
                    : Sample.ofBytes(Octets.read(typed));
        } catch (TypeConversionException | IllegalArgumentException e) {
            throw new TypeConversionException("'" + typed + "' is no sample. Write for example 5% or 2G");
        }
    }
}
