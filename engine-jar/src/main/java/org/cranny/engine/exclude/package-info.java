/** What a backup leaves out, in the words of gitignore. */
package org.cranny.engine.exclude;
