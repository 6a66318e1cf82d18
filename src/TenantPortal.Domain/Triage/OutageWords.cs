namespace TenantPortal.Domain.Triage;

/// <summary>How people say that a system is down, slow or well again, and of whom they speak. The words alone decide nothing: a clause asks for the system they are said of.</summary>
public static class OutageWords
{
    public const string Version = "2";

    /// <summary>States of a thing.</summary>
    public static readonly IReadOnlyList<string> Down =
    [
        "down", "offline", "not working", "not work", "doesnt work", "dont work", "isnt working", "arent working", "wont work", "will not work", "stopped working", "no longer works", "nothing works", "nothing happens", "not ok", "unusable",
        "wont go through", "will not go through", "not going through", "dont go through", "doesnt go through", "do not go through", "does not go through", "wont start", "will not start", "doesnt start", "dont start", "does not start", "wont open", "will not open", "doesnt open", "dont open", "does not open",
        "wont load", "will not load", "not loading", "doesnt load", "wont print", "will not print", "not printing", "doesnt print", "dont print", "nothing prints", "wont turn on", "wont switch on", "wont come on", "wont boot", "wont connect", "will not connect", "not connecting", "wont respond", "not responding", "unresponsive",
        "no response", "wont read", "wont scan", "wont take", "wont accept", "not accepting", "not taking", "wont process", "wont ring up", "wont do anything", "not available", "no network", "no internet", "no signal", "lost network", "lost connection", "lost the connection", "no connection", "no picture",
        "frozen", "froze", "freeze", "crash", "dead", "broken", "broke", "stuck", "unavailable", "out of order", "out of service", "disconnected", "black screen", "blank screen", "blue screen", "screen is black", "gone black", "died", "packed up", "kaputt",
        "declined", "refused", "rejected", "failing", "failed", "fails", "bouncing back", "outage", "unreachable", "not reachable", "knackered", "on strike",
        "ausgefallen", "ist aus", "geht nicht", "gehen nicht", "geht nix", "geht nichts", "nichts geht", "nichts mehr", "funktioniert nicht", "funktionieren nicht", "steht still", "stehen still", "steht", "abgestürzt", "stürzt ab", "nicht erreichbar", "keine verbindung", "startet nicht", "reagiert nicht", "lässt sich nicht",
    ];

    /// <summary>Of these, what befalls a single item: a refused return says nothing of the portal that refused it, unless it is said of the portal.</summary>
    public static readonly IReadOnlySet<string> OfItems = new HashSet<string>(StringComparer.Ordinal) { "declined", "refused", "rejected", "failing", "failed", "fails" };

    /// <summary>Work that a customer waits for: whoever says it, it is the thing that fails.</summary>
    public static readonly IReadOnlyList<string> Service =
    [
        "cant sell", "cannot sell", "cant take", "cannot take", "cant pay", "cannot pay", "cant serve", "cannot serve", "cant ring", "cannot ring", "cant process", "cannot process", "cant charge", "cannot charge", "cash only", "unable to take", "unable to sell", "unable to serve", "not able to take", "cant order", "cannot order",
        "cant check out", "cannot check out", "cant place", "cannot place", "nur bar", "nur bargeld", "nicht kassieren",
    ];

    /// <summary>What a person is unable to do: it may be the person's account as well as the thing.</summary>
    public static readonly IReadOnlyList<string> Unable =
    [
        "cant use", "cannot use", "cant open", "cannot open", "cant access", "cannot access", "cant load", "cannot load", "cant see", "cannot see", "cant reach", "cannot reach", "cant connect", "cannot connect", "cant submit", "cannot submit", "cant file", "cannot file", "cant print", "cannot print", "cant write", "cannot write",
        "cant get into", "cannot get into", "cant get in", "cannot get in", "cant get on", "cannot get on", "cant log in", "cannot log in", "cant login", "cant log into", "cant sign in", "cannot sign in", "cant start", "cannot start", "cant book", "cannot book", "cant save", "cannot save", "cant do anything", "couldnt open",
        "unable to", "not able to", "locked out", "kicked out", "thrown out", "no access", "access denied", "logs me out", "keeps logging me out", "kicks me out", "throws me out", "wont let me", "will not let me", "doesnt let me", "not letting me", "wont let us", "komme nicht rein", "nicht anmelden", "nicht öffnen",
    ];

    public static readonly IReadOnlyList<string> Slow =
    [
        "slow", "slower", "slowly", "sluggish", "lag", "lagging", "hang", "hung", "keeps freezing", "takes ages", "take ages", "taking ages", "takes forever", "take forever", "taking forever", "very long", "too long", "taking minutes", "takes minutes", "minutes per", "minutes for each", "spinning", "crawling", "timing out", "times out",
        "timed out", "time out", "timeout", "several tries", "several attempts", "repeated attempts", "second try", "third try", "on and off", "intermittent", "three tries", "two tries", "a few tries", "more than once", "langsam", "lahm", "hängt", "hängen", "dauert ewig",
    ];

    /// <summary>After the name of a system, or after words of an outage, these say that it is well.</summary>
    public static readonly IReadOnlyList<string> Well = ["fine", "ok", "okay", "works", "normal", "all good", "no problem", "no problems", "no issue", "no issues", "good", "behaves", "läuft", "laufen", "geht", "gehen", "funktioniert", "in ordnung"];

    /// <summary>What had failed and no longer does.</summary>
    public static readonly IReadOnlyList<string> Recovered =
    [
        "fine again", "fine now", "all fine", "is fine", "are fine", "ok again", "ok now", "okay again", "okay now", "works again", "worked again", "works now", "is back", "are back", "back up", "back online", "back to normal", "came back", "up again", "runs again", "been fixed", "is fixed", "are fixed", "is sorted", "all sorted", "sorted now",
        "sorted itself", "solved itself", "resolved itself", "fixed itself", "came up again", "no longer happens", "läuft wieder", "laufen wieder", "geht wieder", "gehen wieder", "funktioniert wieder", "wieder da",
    ];

    /// <summary>Before a word of wellness these make it a wish, a question or a condition.</summary>
    public static readonly IReadOnlySet<string> Wishes = new HashSet<string>(StringComparer.Ordinal) { "when", "until", "once", "please", "get", "need", "want", "can", "could", "will", "would", "should", "if", "hope", "hoping", "before", "unless", "make", "whether", "only", "wann", "bitte", "bis", "wenn", "soll" };

    /// <summary>One person, whatever the thing itself does.</summary>
    public static readonly IReadOnlyList<string> Person =
    [
        "for me", "only me", "just me", "its me", "my account", "my login", "my log in", "my password", "my user", "my profile", "my username", "my pc", "my laptop", "my computer", "my desktop", "my macbook", "on my own", "her account", "his account", "his laptop", "login", "logon", "my number", "my till number", "is blocked", "user disabled", "account disabled", "disabled", "her laptop", "for her", "for him", "only for",
        "colleagues can", "others can", "colleague can", "everyone else", "everybody else", "others have", "works for others", "others are fine", "rest of us", "bei mir", "nur ich", "mein konto", "mein passwort", "meinem rechner",
    ];

    /// <summary>Several people, said outright.</summary>
    public static readonly IReadOnlyList<string> Many =
    [
        "everyone", "everybody", "nobody", "no one", "noone", "none of us", "all of us", "both of us", "us all", "whole", "entire", "both surgeries", "both sites", "both rooms", "every room", "all rooms", "all users", "all staff", "all doctors", "all gps", "all clinicians", "all fee earners", "several people", "several of us", "several colleagues",
        "colleagues too", "colleague too", "others too", "same for", "all the tills", "all tills", "all machines", "all computers", "all screens", "the team", "the practice", "reception and", "niemand", "keiner", "alle", "company wide", "across the", "waiting room", "customers", "patients waiting", "queue of",
    ];

    /// <summary>A speaker for a company says these too, so a stated number of people stands before them.</summary>
    public static readonly IReadOnlyList<string> Us = ["we", "us", "our", "weve", "they", "wir", "uns", "unsere"];

    /// <summary>Other things that fail. Beside a system's name they are what is meant: the printer at the till, the till's training video.</summary>
    public static readonly IReadOnlyList<string> Things =
    [
        "printer", "label printer", "receipt printer", "laptop", "notebook", "macbook", "phone", "telephone", "mobile", "handset", "headset", "keyboard", "mouse", "webcam", "camera", "microphone", "dock", "docking station", "charger", "battery", "projector", "tv", "lift", "door", "alarm", "heating", "kettle", "coffee machine", "fridge",
        "outlook", "email", "e-mail", "mail", "mailbox", "inbox", "calendar", "teams", "zoom", "word", "excel", "powerpoint", "onedrive", "sharepoint", "chrome", "edge", "firefox", "browser", "adobe", "acrobat", "photoshop", "sage", "onenote", "vpn", "wifi", "wi-fi", "wlan", "internet", "network", "broadband", "router", "switch", "access point",
        "authenticator", "password", "passwort", "account", "licence", "license", "video", "pdf", "file", "folder", "spreadsheet", "attachment", "drawer", "cash drawer", "receipt", "receipts", "roll", "poster", "sticker", "signage", "report", "link", "bookmark", "icon", "shortcut", "signature", "invoice", "export", "photo", "song", "music",
        "radio", "light", "lamp", "chair", "cable tie", "drucker", "laptop", "maus", "tastatur", "handy", "telefon", "netzwerk", "rechner", "computer", "pc",
    ];

    /// <summary>Things that may be the system itself: the computer at the till.</summary>
    public static readonly IReadOnlySet<string> Hosts = new HashSet<string>(StringComparer.Ordinal) { "computer", "pc", "rechner", "network", "internet", "switch", "netzwerk" };

    /// <summary>Directly before a system's name, or after it with "of", these make it somebody else's.</summary>
    public static readonly IReadOnlySet<string> Foreign = new HashSet<string>(StringComparer.Ordinal)
    {
        "their", "theirs", "his", "her", "another", "supplier", "suppliers", "bank", "banks", "hmrc", "council", "councils", "courier", "couriers", "competitor", "competitors", "vendor", "vendors", "landlord", "landlords", "neighbour", "neighbours", "neighbor", "agency", "hospital", "hospitals", "pharmacy", "clients", "client", "government", "school", "chain", "rival", "rivals", "lieferant", "lieferanten",
    };

    public static readonly IReadOnlySet<string> Prepositions = new HashSet<string>(StringComparer.Ordinal) { "at", "on", "of", "for", "from", "in", "by", "near", "above", "under", "over", "outside", "behind", "next", "beside", "inside", "with", "into", "to", "an", "am", "bei", "von", "für", "im", "neben", "hinter" };

    /// <summary>A sentence that starts so goes on about what the sentences before it named.</summary>
    public static readonly IReadOnlySet<string> Pronouns = new HashSet<string>(StringComparer.Ordinal) { "it", "its", "they", "theyre", "both", "nothing", "all", "everything", "still", "just", "es", "sie", "alles", "nichts" };

    /// <summary>Shortly before such a word, these take it back ("not down any more").</summary>
    public static readonly IReadOnlySet<string> Negations = new HashSet<string>(StringComparer.Ordinal) { "not", "no", "never", "isnt", "arent", "wasnt", "werent", "without", "nicht", "kein", "keine" };

    /// <summary>Anywhere before a word of wellness in its part of the sentence, these turn it into an outage ("none of the tills work").</summary>
    public static readonly IReadOnlySet<string> NotWell = new HashSet<string>(StringComparer.Ordinal) { "not", "no", "none", "neither", "never", "nothing", "isnt", "arent", "doesnt", "dont", "wont", "hardly", "barely", "stopped", "nobody", "keine", "nicht", "nichts" };
}
