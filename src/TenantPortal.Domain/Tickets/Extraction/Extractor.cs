using System.Text.RegularExpressions;
using TenantPortal.Domain.People;

namespace TenantPortal.Domain.Tickets.Extraction;

/// <summary>A value found in a text, with its place there.</summary>
public sealed record Extracted(EnvironmentField Field, string Value, int Start, int Length);

/// <summary>All that one text says about the fault, and the device and site of the client it names.</summary>
public sealed record ExtractedFacts(IReadOnlyList<Extracted> Facts, DeviceId? Device, SiteId? Site)
{
    public string? this[EnvironmentField field] => Facts.FirstOrDefault(f => f.Field == field)?.Value;
}

/// <summary>Reads the facts out of a text: codes, errors, programs, versions, devices, times. What is not written is not guessed.</summary>
public static class Extractor
{
    private const int LongestText = 32 * 1024, MostCodes = 6;

    public static ExtractedFacts Read(string text, KnownNames names)
    {
        if (text.Length > LongestText) text = string.Concat(text.AsSpan(0, LongestText / 2), "\n", text.AsSpan(text.Length - LongestText / 2 + 1));
        var words = PlainWords.Of(text);
        var facts = new List<Extracted>();
        var device = names.Device(words, out var deviceMatch);
        if (device is not null) facts.Add(At(EnvironmentField.Device, device.Name, words[deviceMatch.First].Start, words[deviceMatch.Last].End));
        var os = Add(facts, EnvironmentField.Os, TextPatterns.Systems().Match(text));
        App(facts, text, words, names, os);
        Add(facts, EnvironmentField.Network, TextPatterns.Networks().Match(text));
        var site = names.Site(words, out var siteMatch);
        if (site is not null) facts.Add(At(EnvironmentField.Site, site.Name, words[siteMatch.First].Start, words[siteMatch.Last].End));
        Add(facts, EnvironmentField.LastChange, TextPatterns.Changes().Match(text));
        Error(facts, text);
        Codes(facts, text);
        Add(facts, EnvironmentField.FirstSeen, TextPatterns.FirstSeen().Match(text));
        Add(facts, EnvironmentField.Affected, TextPatterns.Affected().Match(text));
        Sensitivity(facts, text);
        return new(facts, device?.Id, site?.Id);
    }

    private static void App(List<Extracted> facts, string text, List<PlainWord> words, KnownNames names, Match os)
    {
        var app = names.App(text, words, out var match);
        if (app is not null)
        {
            var end = words[match.Last].End;
            facts.Add(At(EnvironmentField.App, app, words[match.First].Start, end));
            var behind = TextPatterns.VersionBehind().Match(text[end..]);
            if (behind.Success && behind.Groups["version"] is { Length: > 1 } version)
            {
                facts.Add(new(EnvironmentField.AppVersion, version.Value, end + version.Index, version.Length));
                return;
            }
        }
        foreach (Match said in TextPatterns.Versions().Matches(text))
        {
            if (os.Success && said.Index <= os.Index + os.Length + 2 && said.Index >= os.Index) continue;
            facts.Add(new(EnvironmentField.AppVersion, said.Groups["version"].Value.TrimEnd('.'), said.Groups["version"].Index, said.Groups["version"].Length));
            return;
        }
    }

    private static void Error(List<Extracted> facts, string text)
    {
        foreach (Match quoted in TextPatterns.Quoted().Matches(text))
        {
            if (!TextPatterns.SoundsLikeError().IsMatch(quoted.Value) && !IsTold(text, quoted.Index)) continue;
            facts.Add(new(EnvironmentField.Error, quoted.Groups["text"].Value.Trim(), quoted.Groups["text"].Index, quoted.Groups["text"].Length));
            return;
        }
        var told = TextPatterns.Told().Match(text);
        if (told.Success) facts.Add(new(EnvironmentField.Error, told.Groups["text"].Value.Trim(' ', '"', '“', '”', '\'', '-', ':'), told.Groups["text"].Index, told.Groups["text"].Length));
    }

    // "it says “…”": the words in front of the quote make it an error, whatever it holds
    private static bool IsTold(string text, int at)
    {
        var before = text.AsSpan(Math.Max(0, at - 24), Math.Min(24, at)).TrimEnd(" :–-");
        foreach (var word in (ReadOnlySpan<string>)["error", "message", "says", "said", "saying", "shows", "fehler", "meldung", "fehlermeldung"])
            if (before.EndsWith(word, StringComparison.OrdinalIgnoreCase)) return true;
        return false;
    }

    private static void Codes(List<Extracted> facts, string text)
    {
        var found = new List<(string Code, int Start, int Length)>();
        foreach (var pattern in (ReadOnlySpan<Regex>)[TextPatterns.Codes(), TextPatterns.MakersCodes(), TextPatterns.StopCodes(), TextPatterns.EventIds(), TextPatterns.HttpCodes(), TextPatterns.NamedCodes()])
            foreach (Match match in pattern.Matches(text))
            {
                var group = match.Groups["code"] is { Success: true } code ? code : match;
                var isEvent = match.Value.StartsWith("event", StringComparison.OrdinalIgnoreCase) || match.Value.StartsWith("ereignis", StringComparison.OrdinalIgnoreCase);
                if (found.Count < MostCodes && found.All(f => group.Index >= f.Start + f.Length || group.Index + group.Length <= f.Start)) found.Add((isEvent ? $"event {group.Value}" : group.Value, group.Index, group.Length));
            }
        if (found.Count == 0) return;
        facts.Add(new(EnvironmentField.Codes, string.Join(", ", found.OrderBy(f => f.Start).Select(f => f.Code).Distinct(StringComparer.OrdinalIgnoreCase)), found.Min(f => f.Start), found[0].Length));
    }

    private static void Sensitivity(List<Extracted> facts, string text)
    {
        var confidential = TextPatterns.Confidential().Match(text);
        var match = confidential.Success ? confidential : TextPatterns.Personal().Match(text);
        if (match.Success) facts.Add(new(EnvironmentField.Sensitivity, (confidential.Success ? Tickets.Sensitivity.Confidential : Tickets.Sensitivity.Personal).ToString(), match.Index, match.Length));
    }

    private static Match Add(List<Extracted> facts, EnvironmentField field, Match match)
    {
        if (match.Success) facts.Add(new(field, match.Value.Trim(), match.Index, match.Length));
        return match;
    }

    private static Extracted At(EnvironmentField field, string value, int start, int end) => new(field, value, start, end - start);
}
