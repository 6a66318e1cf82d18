using System.Buffers;
using System.Globalization;
using System.Runtime.InteropServices;
using System.Text;

namespace TenantPortal.Domain.Search;

/// <summary>A stretch of text in one spelling (NFKC, plain quotes and dashes, nothing invisible) that still knows where each character came from.</summary>
internal readonly struct NormalisedText
{
    // a letter under hundreds of combining marks is an attack on the renderer, not a word
    private const int LongestCluster = 16;
    private static readonly SearchValues<char> AsItIs = SearchValues.Create([.. Enumerable.Range(1, 127).Select(code => (char)code).Where(letter => letter != '`')]);
    private readonly int[]? origins;
    private readonly int start;

    private NormalisedText(string text, int[]? origins, int start) => (Text, this.origins, this.start) = (text, origins, start);

    public string Text { get; }

    public int Origin(int index) => origins is null ? start + index : origins[index];

    public static NormalisedText Of(string raw, int start, int length)
    {
        var span = raw.AsSpan(start, length);
        if (Ascii.IsValid(span) && !span.Contains('`')) return new NormalisedText(length == raw.Length ? raw : raw.Substring(start, length), null, start);
        var text = new StringBuilder(length);
        var places = new List<int>(length + 1);
        var end = start + length;
        for (var at = start; at < end;)
        {
            var plain = PlainRun(raw, at, end);
            if (plain > 0)
            {
                text.Append(raw, at, plain);
                var known = places.Count;
                CollectionsMarshal.SetCount(places, known + plain);
                foreach (ref var place in CollectionsMarshal.AsSpan(places)[known..]) place = at++;
                continue;
            }

            var next = ClusterEnd(raw, at, end);
            Append(raw, at, next, text);
            while (places.Count < text.Length) places.Add(at);
            at = next;
        }

        places.Add(end);
        return new NormalisedText(text.ToString(), [.. places], start);
    }

    /// <summary>How many characters from here on stay as they are.</summary>
    private static int PlainRun(string raw, int at, int end)
    {
        var length = raw.AsSpan(at, end - at).IndexOfAnyExcept(AsItIs);
        if (length < 0) return end - at;
        // a mark may belong to the letter before it
        return length > 0 && raw[at + length] >= '\u0300' ? length - 1 : length;
    }

    private static int ClusterEnd(string raw, int at, int end)
    {
        var next = at + (char.IsHighSurrogate(raw[at]) && at + 1 < end && char.IsLowSurrogate(raw[at + 1]) ? 2 : 1);
        while (next < end && next - at < LongestCluster && raw[next] >= '\u0300' && CharUnicodeInfo.GetUnicodeCategory(raw[next]) == UnicodeCategory.NonSpacingMark) next++;
        return next;
    }

    private static void Append(string raw, int at, int next, StringBuilder text)
    {
        if (next - at == 1)
        {
            var plain = Plain(raw[at]);
            if (plain == '\0') return;
            if (plain < '\u0080' || plain is >= '\u00c0' and < '\u0132' or >= '\u4e00' and < '\ua000')
            {
                text.Append(plain);
                return;
            }
        }

        var cluster = raw.AsSpan(at, next - at);
        foreach (var character in cluster)
            if (char.IsSurrogate(character) && cluster.Length == 1 || character is '\ufffe' or '\uffff')
            {
                text.Append('\ufffd');
                return;
            }

        var lone = cluster.Length > 1 && char.IsSurrogate(cluster[0]) && !char.IsSurrogatePair(cluster[0], cluster[1]);
        if (lone) text.Append('\ufffd');
        else text.Append(cluster.ToString().Normalize(NormalizationForm.FormKC));
    }

    /// <summary>The plain spelling of quotes, dashes and blanks; NUL for what is invisible.</summary>
    private static char Plain(char character) => character switch
    {
        '\u2018' or '\u2019' or '\u201a' or '\u201b' or '\u02bc' or '\u00b4' or '`' or '\u2032' => '\'',
        '\u201c' or '\u201d' or '\u201e' or '\u201f' or '\u00ab' or '\u00bb' or '\u2033' => '"',
        '\u2010' or '\u2011' or '\u2012' or '\u2013' or '\u2014' or '\u2015' or '\u2212' => '-',
        '\u00a0' or '\u202f' or '\u2007' => ' ',
        '\u00ad' or '\ufeff' or '\u2060' or (>= '\u200b' and <= '\u200f') or (>= '\u202a' and <= '\u202e') or '\0' => '\0',
        _ => character,
    };
}
