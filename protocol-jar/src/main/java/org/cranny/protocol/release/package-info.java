/** Programs as they are built, signed, told of and replaced. */
package org.cranny.protocol.release;
