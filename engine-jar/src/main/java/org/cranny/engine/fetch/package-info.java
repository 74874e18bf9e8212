/** Brings chunks back, from wherever they are nearest. */
package org.cranny.engine.fetch;
