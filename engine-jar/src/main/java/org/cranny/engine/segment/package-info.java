/** Compresses chunks together and seals them: about a mebioctet at a time. */
package org.cranny.engine.segment;
