namespace TenantPortal.Domain.Tickets.Secrets;

/// <summary>Credentials given in plain words: "password: …", "the PIN is …", "changed it to …", user=…;password=….</summary>
internal static class SpokenSecrets
{
    private const int FarthestLink = 60, MostBetween = 6, LongestValue = 200, RecoveryGroups = 8;

    public static void Find(string text, List<FoundSecret> found)
    {
        var (before, hasBefore) = (default(Range), false);
        for (var at = 0; at < text.Length;)
        {
            if (!IsWordPart(text[at])) { at += SecretCover.MaskAt(text, at) is > 0 and var mask ? mask : 1; continue; }
            var end = at + 1;
            while (end < text.Length && (IsWordPart(text[end]) || (text[end] is '-' or '.' && end + 1 < text.Length && IsWordPart(text[end + 1])))) end++;
            var word = text.AsSpan(at, end - at);
            FoundSecret? secret = null;
            if (char.IsAsciiDigit(word[0])) secret = Recovery(text, at, end);
            else if (SecretWords.Of(word) is { } name) secret = After(text, at, end, name, hasBefore ? text.AsSpan()[before] : default);
            if (secret is { } one) found.Add(one);
            (before, hasBefore) = (at..end, true);
            at = Math.Max(end, secret?.End ?? 0);
        }
    }

    private static bool IsWordPart(char character) => char.IsLetterOrDigit(character) || character == '_';

    // BitLocker: eight groups of six figures
    private static FoundSecret? Recovery(string text, int at, int end)
    {
        var word = text.AsSpan(at, end - at);
        if (word.Length != RecoveryGroups * 7 - 1) return null;
        for (var i = 0; i < word.Length; i++) if (i % 7 == 6 ? word[i] != '-' : !char.IsAsciiDigit(word[i])) return null;
        return new(at, word.Length, SecretKind.Key);
    }

    private static FoundSecret? After(string text, int start, int end, SecretWords.Name name, ReadOnlySpan<char> before)
    {
        if (name == SecretWords.Name.Key && text.AsSpan(start, end - start).Equals("key", StringComparison.OrdinalIgnoreCase) && !SecretWords.IsKeyKind(before)) return null;
        if (name == SecretWords.Name.Code && !SecretWords.IsCodeKind(before) && !text.AsSpan(start, end - start).Equals("otp", StringComparison.OrdinalIgnoreCase)) return null;
        if (Strong(text, end, isTag: start > 0 && text[start - 1] == '<', out var at, out var door)) return name == SecretWords.Name.Login ? Pair(text, at) : Judge(text, at, name, door);
        if (name == SecretWords.Name.Login) return null;
        var isOption = start > 0 && text[start - 1] is '-' or '/' && (start == 1 || text[start - 2] is ' ' or '-' or '\n');
        if (isOption && Next(text, end) is { } option) return Judge(text, option, name, Door.Assigned);
        if (Spoken(text, end, out at, out door)) return Judge(text, at, name, door);
        return Next(text, end) is { } bare ? Judge(text, bare, name, Door.Bare) : null;
    }

    /// <summary>How the value is led to: with = or an option, with a colon, with "is", with "to", or by standing there.</summary>
    private enum Door { Assigned, Said, Is, To, Bare }

    // the signs after the name; what stands on the next line must look like a credential by itself
    private static bool Strong(string text, int end, bool isTag, out int value, out Door door)
    {
        (value, door) = (end, Door.Said);
        var sign = false;
        for (var at = end; at < text.Length && at < end + 12; at++)
        {
            switch (text[at])
            {
                case ' ' or '\t' or '"' or '\'' or '`' or '*' or ')' or '\u00A0' or '”' or '’' or '“' or '‘': continue;
                case '>' when !isTag && text[at - 1] is not ('-' or '='): return false;
                case ':' or '=' or '→' or '>':
                    sign = true;
                    if (text[at] is '=' or '>') door = Door.Assigned;
                    continue;
                case '-' when at + 1 < text.Length && text[at + 1] is '>' or ' ': sign |= text[at + 1] == ' ' && at > end && text[at - 1] == ' '; continue;
                case '\n' or '\r' when sign || text.AsSpan(at, Math.Min(4, text.Length - at)).TrimStart().StartsWith(":", StringComparison.Ordinal):
                    if (sign) door = Door.To;
                    continue;
                default: value = at; return sign;
            }
        }
        return false;
    }

    private static int? Next(string text, int end)
    {
        var at = end;
        while (at < text.Length && text[at] is ' ' or '"' or '\'' or '`' or '“' or '‘' or '*') at++;
        return at == end || at == text.Length ? null : at;
    }

    // "password for the guest wifi is", "password to", with nothing between that begins another thought
    private static bool Spoken(string text, int end, out int value, out Door door)
    {
        (value, door) = (0, Door.Is);
        var at = end;
        if (text.AsSpan(at).StartsWith(" (", StringComparison.Ordinal) && text.AsSpan(at, Math.Min(FarthestLink / 2, text.Length - at)).IndexOf(')') is > 0 and var close) at += close + 1;
        for (var words = 0; words <= MostBetween && at < text.Length && at - end < FarthestLink; words++)
        {
            while (at < text.Length && text[at] is ' ' or '(' or ')' or '"' or '\'' or '’' or ',' or '\u00A0') at++;
            var from = at;
            while (at < text.Length && (IsWordPart(text[at]) || text[at] is '\'' or '’' or '-' or '@' || (text[at] is '.' && at + 1 < text.Length && IsWordPart(text[at + 1])))) at++;
            if (at == from) return false;
            var word = text.AsSpan(from, at - from);
            var isLink = SecretWords.IsLink(word);
            if (isLink || (words == 0 && SecretWords.IsChange(word)))
            {
                door = isLink ? Door.Is : Door.To;
                while (at < text.Length && text[at] is ' ' or ':' or '"' or '\'' or '`' or '“' or '‘' or '*' or '\u00A0' or '\n' or '\r') at++;
                // "is now", "is still"
                var after = at;
                while (after < text.Length && char.IsLetter(text[after])) after++;
                if (isLink && text.AsSpan(at, after - at) is "now" or "currently" or "still" && Next(text, after) is { } later) at = later;
                value = at;
                return at < text.Length;
            }
            if (SecretWords.BreaksOff(word) || (words == 0 && !SecretWords.Opens(word))) return false;
            if (at < text.Length && text[at] is ':' or '=' && words > 0)
            {
                door = Door.Said;
                at++;
                while (at < text.Length && text[at] is ' ' or '"' or '\'' or '`' or '“' or '\n' or '\r') at++;
                value = at;
                return at < text.Length;
            }
        }
        return false;
    }

    // "login: admin / Sommer2024!"
    private static FoundSecret? Pair(string text, int at)
    {
        var user = ValueAt(text, at, Door.Said, out _);
        var next = at + user.Length;
        var isDivided = false;
        while (next < text.Length && next < at + user.Length + 4 && text[next] is ' ' or '/' or '|' or ',' or '\t' or '+') isDivided |= text[next++] is '/' or '|' or '+';
        if (user.Length == 0 && isDivided) return null;
        if (!isDivided)
        {
            var stroke = user.IndexOf('/');
            if (stroke < 2 || stroke == user.Length - 1) return null;
            next = at + stroke + 1;
        }
        var value = ValueAt(text, next, Door.Said, out _);
        return value.Length >= 6 && SecretValue.IsStrong(value) && !value.Contains('/') ? new(next, value.Length, SecretKind.Password) : null;
    }

    private static FoundSecret? Judge(string text, int at, SecretWords.Name name, Door door)
    {
        var value = ValueAt(text, at, door, out var isQuoted);
        if (value.IsEmpty || value.Length > LongestValue || SecretValue.IsPlaceholder(value)) return null;
        var isGiven = name switch
        {
            SecretWords.Name.Pin => door != Door.Bare && SecretValue.IsDigits(value, 4, 8),
            SecretWords.Name.Code => SecretValue.IsDigits(value, 4, 8),
            SecretWords.Name.Key => value.Length >= (door is Door.Assigned or Door.Said ? 8 : 16) && SecretValue.IsStrong(value) && !value.Contains('('),
            SecretWords.Name.Short => door is Door.Assigned or Door.Said ? SecretValue.IsStrong(value) || IsWord(value, isQuoted) : door != Door.Bare ? SecretValue.IsStrong(value) : SecretValue.IsVeryStrong(value),
            SecretWords.Name.Password => IsPassword(text, at, value, door, isQuoted),
            SecretWords.Name.Login => false,
        };
        return isGiven ? new(at, value.Length, name switch { SecretWords.Name.Key => SecretKind.Key, SecretWords.Name.Code or SecretWords.Name.Pin => SecretKind.Code, _ => SecretKind.Password }) : null;
    }

    private static bool IsPassword(string text, int at, ReadOnlySpan<char> value, Door door, bool isQuoted) => door switch
    {
        Door.Bare => SecretValue.IsVeryStrong(value),
        Door.To => SecretValue.IsStrong(value) || (isQuoted && IsWord(value, true)),
        Door.Is => SecretValue.IsStrong(value) || SecretValue.IsDigits(value, 4, 16) || SecretValue.IsJoined(value) || IsWord(value, isQuoted) && (isQuoted || EndsSentence(text, at + value.Length)),
        Door.Said or Door.Assigned => SecretValue.IsStrong(value) || SecretValue.IsDigits(value, 4, 16) || SecretValue.IsJoined(value) || (IsWord(value, isQuoted) && (isQuoted || door == Door.Assigned || EndsSentence(text, at + value.Length))),
    };

    // a word may be a password too, where nothing but one can stand
    private static bool IsWord(ReadOnlySpan<char> value, bool isQuoted) => value.Length >= (isQuoted ? 4 : 5) && (SecretValue.IsLetters(value) || (isQuoted && char.IsLetterOrDigit(value[^1]))) && !SecretWords.IsOrdinary(value);

    private static bool EndsSentence(string text, int end)
    {
        while (end < text.Length && text[end] is ' ' or '"' or '\'' or '`' or '*') end++;
        return end >= text.Length || text[end] is '.' or '\n' or '\r' or '!' or ';' or ',' or ')';
    }

    private static ReadOnlySpan<char> ValueAt(string text, int at, Door door, out bool isQuoted)
    {
        isQuoted = at > 0 && text[at - 1] is '"' or '\'' or '`' or '“' or '‘';
        var end = at;
        var close = isQuoted ? text[at - 1] switch { '“' => '”', '‘' => '’', var same => same } : '\0';
        while (end < text.Length && end - at <= LongestValue && !char.IsWhiteSpace(text[end]) && text[end] is not ('<' or '>' or '"' or '”'))
        {
            if (isQuoted && text[end] == close) break;
            if (door == Door.Assigned && text[end] is ';' or '&' && end > at) break;
            end++;
        }
        var value = text.AsSpan(at, end - at);
        return isQuoted ? value : value.TrimEnd(".,;:)'`*]");
    }
}
