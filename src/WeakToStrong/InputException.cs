namespace WeakToStrong;

/// <summary>
/// Input that the user can mend: a bad option, file, row or column. The message is one clear sentence that names the place,
/// says what was read and what is allowed; a front end shows it as it is and exits with status 2.
/// </summary>
/// <param name="message">The sentence to show.</param>
/// <param name="innerException">What lies behind it, if anything.</param>
public sealed class InputException(string message, Exception? innerException = null) : Exception(message, innerException);
