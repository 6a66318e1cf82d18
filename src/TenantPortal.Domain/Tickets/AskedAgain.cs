using System.Text.RegularExpressions;

namespace TenantPortal.Domain.Tickets;

/// <summary>A question whose answer stands on the ticket already, with where it stands.</summary>
public sealed partial record AskedAgain(EnvironmentField Field, string Value, FactSource Source, MessageId? MessageId)
{
    /// <summary>The fields that the text asks for though they are known. Who asks whether something has changed since does not ask again.</summary>
    public static IReadOnlyList<AskedAgain> In(string text, EnvironmentBlock known)
    {
        var asked = Sentences().Split(text).Where(IsQuestion).SelectMany(Fields).Distinct().ToHashSet();
        return [.. known.Rows.Where(r => r.IsKnown && asked.Contains(r.Field)).Select(r => new AskedAgain(r.Field, r.Value!, r.Source, r.MessageId))];
    }

    private static bool IsQuestion(string sentence) => (sentence.Contains('?', StringComparison.Ordinal) || Request().IsMatch(sentence)) && !SinceThen().IsMatch(sentence);

    private static IEnumerable<EnvironmentField> Fields(string sentence)
    {
        if (Os().IsMatch(sentence)) yield return EnvironmentField.Os;
        if (Device().IsMatch(sentence)) yield return EnvironmentField.Device;
        if (App().IsMatch(sentence)) yield return EnvironmentField.App;
        if (AppVersion().IsMatch(sentence) && !Os().IsMatch(sentence)) yield return EnvironmentField.AppVersion;
        if (Network().IsMatch(sentence)) yield return EnvironmentField.Network;
        if (Site().IsMatch(sentence)) yield return EnvironmentField.Site;
        if (LastChange().IsMatch(sentence)) yield return EnvironmentField.LastChange;
        if (Codes().IsMatch(sentence)) yield return EnvironmentField.Codes;
        if (Error().IsMatch(sentence) && !Codes().IsMatch(sentence)) yield return EnvironmentField.Error;
        if (FirstSeen().IsMatch(sentence)) yield return EnvironmentField.FirstSeen;
        if (Affected().IsMatch(sentence)) yield return EnvironmentField.Affected;
    }

    private const RegexOptions Options = RegexOptions.IgnoreCase | RegexOptions.ExplicitCapture | RegexOptions.CultureInvariant;

    [GeneratedRegex(@"(?<=[.!?\n])\s*", Options, 200)] private static partial Regex Sentences();
    [GeneratedRegex(@"\b(tell|let) (me|us) (know )?(which|what|when|where|who|how|if|whether|the|your)|\b(send|give|confirm|share|need|provide)( me| us| to me)? (the |your |which |what |to know )", Options, 200)] private static partial Regex Request();
    [GeneratedRegex(@"\b(still|again|by now|meanwhile|any more|since then|since (you|your|my|our) (last|wrote|message))\b", Options, 200)] private static partial Regex SinceThen();
    [GeneratedRegex(@"\b(which|what|your|the) (version of )?(windows|macos|mac os|ios|android)\b|\boperating system\b|\b(windows|macos|os) version\b|\bare you (on|using|running) (windows|mac)", Options, 200)] private static partial Regex Os();
    [GeneratedRegex(@"\b(which|what) (device|computer|laptop|pc|machine|printer|till|phone|tablet|model)\b|\b(name|number|model) of (your|the) (device|computer|laptop|pc|machine|printer|till)\b|\b(computer|device|pc|host) name\b", Options, 200)] private static partial Regex Device();
    [GeneratedRegex(@"\b(which|what) (program|programme|app|application|software)\b", Options, 200)] private static partial Regex App();
    [GeneratedRegex(@"\b(which|what) version\b|\bversion (of|number)\b|\b(app|program|software) version\b", Options, 200)] private static partial Regex AppVersion();
    [GeneratedRegex(@"\b(which|what) (network|wi-?fi|connection)\b|\b(wi-?fi|cable|wired|vpn|mobile data) or\b|\bon (the )?(vpn|wi-?fi)\b|\bhow are you connected\b", Options, 200)] private static partial Regex Network();
    [GeneratedRegex(@"\b(which|what) (site|office|shop|branch|location|store|practice|building)\b|\bwhere are you\b", Options, 200)] private static partial Regex Site();
    [GeneratedRegex(@"\b(any(thing)?|what|something|recently) (has |have |been )?(recent |new )?(change[sd]?|updates?|updated|installed|install)\b|\bhas (anything|something) (been )?(changed|updated|installed|moved)\b", Options, 200)] private static partial Regex LastChange();
    [GeneratedRegex(@"\berror (code|number)\b|\bevent id\b|\b(which|what|the|a) code\b", Options, 200)] private static partial Regex Codes();
    [GeneratedRegex(@"\b(which|what|the|exact|full|any) (exact |full )?(error|message)( message| text)?\b|\bwhat (does|did) (it|the screen) say\b", Options, 200)] private static partial Regex Error();
    [GeneratedRegex(@"\bsince when\b|\bhow long\b|\bwhen (did|does|has|was)\b.{0,40}\b(start|begin|began|happen|occur|first|stop|notice)", Options, 200)] private static partial Regex FirstSeen();
    [GeneratedRegex(@"\b(anyone|anybody|someone|somebody) else\b|\b(who|how many (people|users|colleagues|of you)) (is|are|else)\b|\b(only|just) you\b|\b(other|your) (colleagues|people|users)\b.{0,30}\b(affected|same|too|also)", Options, 200)] private static partial Regex Affected();
}
