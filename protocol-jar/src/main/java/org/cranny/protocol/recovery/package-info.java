/** How a replacement machine takes the place of one that was lost. */
package org.cranny.protocol.recovery;
