namespace TenantPortal.Domain.Triage;

/// <summary>How people say that a system is down or slow. The words alone decide nothing: a clause asks for the system's name beside them.</summary>
public static class OutageWords
{
    public const string Version = "1";

    public static readonly IReadOnlyList<string> Down =
    [
        "down", "offline", "not working", "not work", "doesnt work", "dont work", "isnt working", "arent working", "wont work", "will not work", "stopped working", "no longer works", "nothing works", "nothing happens",
        "wont go through", "will not go through", "not going through", "dont go through", "doesnt go through", "do not go through", "wont start", "will not start", "doesnt start", "dont start", "wont open", "will not open", "wont load", "will not load", "not loading",
        "wont turn on", "wont switch on", "wont boot", "wont connect", "will not connect", "cannot connect", "cant connect", "not connecting", "wont respond", "not responding", "unresponsive", "no response", "wont read", "wont scan", "wont take", "wont accept", "not accepting", "wont process", "wont ring up",
        "frozen", "froze", "freeze", "crash", "dead", "broken", "stuck", "unavailable", "not available", "out of order", "out of service", "no connection", "lost connection", "disconnected", "black screen", "blank screen", "blue screen",
        "declined", "refused", "rejected", "failing", "failed", "fails", "cant sell", "cannot sell", "cant take", "cannot take", "cant pay", "cannot pay", "cant use", "cannot use", "cant serve", "cannot serve", "cant submit", "cannot submit", "cant reach", "cannot reach", "cash only", "outage",
        "ausgefallen", "geht nicht", "gehen nicht", "funktioniert nicht", "funktionieren nicht", "steht still", "stehen still", "kaputt", "abgestürzt", "stürzt ab", "nicht erreichbar", "keine verbindung", "startet nicht",
    ];

    public static readonly IReadOnlyList<string> Slow =
    [
        "slow", "slower", "slowly", "sluggish", "lag", "lagging", "hang", "hung", "keeps freezing", "takes ages", "take ages", "takes forever", "take forever", "very long", "too long", "taking minutes", "takes minutes", "spinning", "timing out", "times out", "timed out", "time out", "timeout",
        "several tries", "several attempts", "repeated attempts", "second try", "third try", "on and off", "intermittent", "langsam", "hängt", "hängen", "dauert ewig",
    ];

    /// <summary>Shortly before such a word, these take it back ("not down any more").</summary>
    public static readonly IReadOnlySet<string> Negations = new HashSet<string>(StringComparer.Ordinal) { "not", "no", "never", "isnt", "arent", "wasnt", "werent", "without", "nicht", "kein", "keine" };
}
