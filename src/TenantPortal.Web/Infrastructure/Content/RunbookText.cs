namespace TenantPortal.Web.Infrastructure.Content;

/// <summary>One step as it stands in the file, with the lines it came from.</summary>
public sealed record SourceStep(string Title, int Line, string? Settings, int SettingsLine, string Do, int DoLine, string? Expect, int ExpectLine, string? Rollback, int RollbackLine);

/// <summary>A guide's file cut into front matter, introduction and steps; nothing is judged yet.</summary>
public sealed record RunbookText(string FrontMatter, string Introduction, int IntroductionLine, IReadOnlyList<SourceStep> Steps)
{
    private const string Fence = "---";

    public static RunbookText? Split(ContentFile file)
    {
        var lines = file.Text.Split('\n');
        if (lines[0].TrimEnd() != Fence)
        {
            file.Problem(1, "A guide begins with a line --- and its front matter.");
            return null;
        }
        var end = Array.FindIndex(lines, 1, line => line.TrimEnd() == Fence);
        if (end < 0)
        {
            file.Problem(1, "The front matter has no end: a line --- is missing.");
            return null;
        }
        var heads = Heads(lines, end + 1);
        var first = heads.Count > 0 ? heads[0] : lines.Length;
        var steps = heads.Select((head, i) => Step(lines, head, i + 1 < heads.Count ? heads[i + 1] : lines.Length)).ToList();
        return new(string.Join('\n', lines[1..end]), string.Join('\n', lines[(end + 1)..first]).Trim(), FirstText(lines, end + 1, first) + 1, steps);
    }

    // a heading inside a fenced block is an example, no step
    private static List<int> Heads(string[] lines, int from)
    {
        var heads = new List<int>();
        var fence = "";
        for (var i = from; i < lines.Length; i++)
        {
            var text = lines[i].TrimStart();
            if (fence.Length > 0)
            {
                if (text.StartsWith(fence, StringComparison.Ordinal)) fence = "";
                continue;
            }
            if (text.StartsWith("```", StringComparison.Ordinal) || text.StartsWith("~~~", StringComparison.Ordinal)) fence = text[..3];
            else if (lines[i].StartsWith("## ", StringComparison.Ordinal)) heads.Add(i);
        }
        return heads;
    }

    private static SourceStep Step(string[] lines, int head, int end)
    {
        var settings = FirstText(lines, head + 1, end);
        var hasSettings = settings < end && lines[settings].Trim() is ['{', .., '}'];
        var from = hasSettings ? settings + 1 : head + 1;
        var expect = Quote(lines, from, end, "Expect:");
        var rollback = Quote(lines, from, end, "Rollback:");
        var text = Enumerable.Range(from, end - from).Where(i => !Holds(expect, i) && !Holds(rollback, i)).Select(i => lines[i]);
        return new(lines[head][3..].Trim(), head + 1, hasSettings ? lines[settings].Trim() : null, settings + 1, string.Join('\n', text).Trim(), FirstText(lines, from, end) + 1,
            Unquoted(lines, expect, "Expect:"), expect.From + 1, Unquoted(lines, rollback, "Rollback:"), rollback.From + 1);
    }

    private static bool Holds((int From, int To) part, int line) => line >= part.From && line < part.To;

    private static (int From, int To) Quote(string[] lines, int from, int end, string word)
    {
        for (var i = from; i < end; i++)
        {
            if (lines[i] is not ['>', .. var text] || !text.TrimStart().StartsWith(word, StringComparison.Ordinal)) continue;
            var to = i + 1;
            while (to < end && lines[to] is ['>', .. var more] && !more.TrimStart().StartsWith("Expect:", StringComparison.Ordinal) && !more.TrimStart().StartsWith("Rollback:", StringComparison.Ordinal)) to++;
            return (i, to);
        }
        return (-1, -1);
    }

    private static string? Unquoted(string[] lines, (int From, int To) part, string word)
    {
        if (part.From < 0) return null;
        var text = string.Join('\n', lines[part.From..part.To].Select(line => line[1..].Trim())).Trim();
        return text[word.Length..].Trim() is { Length: > 0 } said ? said : null;
    }

    private static int FirstText(string[] lines, int from, int end)
    {
        while (from < end && string.IsNullOrWhiteSpace(lines[from])) from++;
        return from;
    }
}
