using System.Buffers;
using System.Text;

namespace TenantPortal.Web.Infrastructure.Content;

/// <summary>One row as it stands in the file, with the line that it begins on.</summary>
public sealed record CsvRow(int Line, IReadOnlyList<string> Cells);

/// <summary>A table as text: quoted or not, separated by comma, semicolon or tab, whichever its first line has most of.</summary>
public sealed record CsvText(IReadOnlyList<string> Header, IReadOnlyList<CsvRow> Rows, char Separator)
{
    private static readonly SearchValues<char> NeedQuotes = SearchValues.Create(",;\t\"\r\n");

    /// <summary>The text of an uploaded file, or the sentence that says what it is instead. A byte order mark says UTF-8 or UTF-16; without one it is UTF-8 or nothing.</summary>
    public static (string? Text, string? Problem) Decode(byte[] bytes)
    {
        if (bytes is [0x50, 0x4B, ..]) return (null, "This is a workbook, not a CSV file. Save it as “CSV UTF-8” and upload that.");
        if (bytes is [0xFF, 0xFE, ..]) return (Encoding.Unicode.GetString(bytes, 2, bytes.Length - 2), null);
        if (bytes is [0xFE, 0xFF, ..]) return (Encoding.BigEndianUnicode.GetString(bytes, 2, bytes.Length - 2), null);
        var from = bytes is [0xEF, 0xBB, 0xBF, ..] ? 3 : 0;
        var text = bytes.AsSpan(from);
        if (text.Contains((byte)0)) return (null, "This is no text. Save the table as “CSV UTF-8” and upload that.");
        try { return (new UTF8Encoding(false, throwOnInvalidBytes: true).GetString(text), null); }
        catch (DecoderFallbackException e)
        {
            var line = 1 + text[..Math.Clamp(e.Index, 0, text.Length)].Count((byte)'\n');
            return (null, $"The letters in line {line} are not UTF-8, so names would come out wrong. Save the table as “CSV UTF-8” and upload that.");
        }
    }

    public static CsvText Read(string text)
    {
        var first = text.AsSpan(0, text.IndexOf('\n', StringComparison.Ordinal) is var end and >= 0 ? end : text.Length);
        var separator = ',';
        foreach (var candidate in new[] { ';', '\t' }) if (first.Count(candidate) > first.Count(separator)) separator = candidate;
        var rows = Split(text, separator).Where(r => r.Cells.Any(c => !string.IsNullOrWhiteSpace(c))).ToList();
        return rows.Count == 0 ? new([], [], separator) : new([.. rows[0].Cells.Select(c => c.Trim())], [.. rows.Skip(1)], separator);
    }

    /// <summary>A cell as it is written back; what a spreadsheet would run as a formula is quoted away.</summary>
    public static string Cell(string value)
    {
        var safe = value.Length > 0 && value[0] is '=' or '+' or '-' or '@' && !value.Skip(1).All(c => char.IsDigit(c) || c is ' ' or '(' or ')' or '-' or '/') ? "'" + value : value;
        return safe.AsSpan().ContainsAny(NeedQuotes) ? $"\"{safe.Replace("\"", "\"\"", StringComparison.Ordinal)}\"" : safe;
    }

    private static IEnumerable<CsvRow> Split(string text, char separator)
    {
        var (cells, cell, line, began, quoted) = (new List<string>(), new StringBuilder(), 1, 1, false);
        for (var at = 0; at < text.Length; at++)
        {
            var character = text[at];
            if (character == '\n') line++;
            if (quoted)
            {
                if (character != '"') cell.Append(character);
                else if (at + 1 < text.Length && text[at + 1] == '"') { cell.Append('"'); at++; }
                else quoted = false;
                continue;
            }
            if (character == '"' && string.IsNullOrWhiteSpace(cell.ToString())) { cell.Clear(); quoted = true; }
            else if (character == separator) { cells.Add(cell.ToString()); cell.Clear(); }
            else if (character == '\n')
            {
                cells.Add(cell.ToString().TrimEnd('\r'));
                yield return new(began, cells);
                (cells, began) = ([], line);
                cell.Clear();
            }
            else cell.Append(character);
        }
        if (cell.Length == 0 && cells.Count == 0) yield break;
        cells.Add(cell.ToString().TrimEnd('\r'));
        yield return new(began, cells);
    }
}
