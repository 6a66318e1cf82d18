using System.Text.RegularExpressions;

namespace TenantPortal.Domain.Tickets.Extraction;

/// <summary>How codes, versions and times look in what people write. Every repetition is bounded, so that no text makes them slow.</summary>
internal static partial class TextPatterns
{
    private const int Milliseconds = 2000;
    private const RegexOptions Plain = RegexOptions.CultureInvariant, AnyCase = RegexOptions.CultureInvariant | RegexOptions.IgnoreCase;

    /// <summary>Results (0x80070005, -2147024891), sign-in and update numbers (AADSTS50126, KB5044284, CAA50021).</summary>
    [GeneratedRegex(@"\b0x[0-9a-f]{2,16}\b|(?<![\w.])-2\d{9}\b|\b(?:AADSTS\d{4,7}|KB ?\d{6,7}|CAA\d{4,8})\b", AnyCase, Milliseconds)]
    public static partial Regex Codes();

    /// <summary>A maker's own code where an error begins: "KST-4012 waiting for host". Elsewhere it may be a ticket or a device.</summary>
    [GeneratedRegex("(?<=[\"“„(:] ?)[A-Z]{2,6}-\\d{3,5}\\b", Plain, Milliseconds)]
    public static partial Regex MakersCodes();

    /// <summary>Stop codes and browser errors: INACCESSIBLE_BOOT_DEVICE, ERR_CONNECTION_RESET.</summary>
    [GeneratedRegex(@"\b[A-Z][A-Z0-9]{1,30}(?:_[A-Z0-9]{1,30}){1,7}\b", Plain, Milliseconds)]
    public static partial Regex StopCodes();

    [GeneratedRegex(@"\b(?:event(?: ?id)?|ereignis(?:-?id)?)[ :#]{1,3}(?<code>\d{1,5})\b", AnyCase, Milliseconds)]
    public static partial Regex EventIds();

    [GeneratedRegex(@"\b(?:http|status|error|fehler)(?: ?code)?[ :#]{1,3}(?<code>[345]\d\d)\b|\b(?<code>[45]\d\d) (?:not found|forbidden|unauthorized|bad gateway|service unavailable|gateway timeout|internal server error|request-uri too l)", AnyCase, Milliseconds)]
    public static partial Regex HttpCodes();

    [GeneratedRegex(@"\b(?:error|fehler|stop|exit)[ -]?(?:code|number|nr\.?|no\.?)?[ :#]{1,3}(?<code>[A-Z]{0,4}-?\d{1,8}(?:[-.:x]\w{1,8}){0,2})\b", AnyCase, Milliseconds)]
    public static partial Regex NamedCodes();

    /// <summary>A text in quotes, on one line.</summary>
    [GeneratedRegex("[\"“„«](?<text>[^\"“”„«»\\r\\n]{6,240})[\"”“»]", Plain, Milliseconds)]
    public static partial Regex Quoted();

    /// <summary>What follows "error:", "it says" or "the message is", to the end of the sentence.</summary>
    [GeneratedRegex(@"\b(?:error(?: message)?(?: is| was)?|fehler(?:meldung)?|message(?: is| was| says)?|(?:it|screen|display|window|till|terminal|card machine|machine|printer|computer|laptop|phone|app|program|outlook|teams|excel|windows) (?:just |only |always |now )?says|saying|get the message|meldung)\s?[:\-–]?\s(?<text>[^\r\n.!?]{6,200}[^\r\n.!?\s])", AnyCase, Milliseconds)]
    public static partial Regex Told();

    [GeneratedRegex(@"\bwindows (?:server )?(?:11|10|8\.1|7|20(?:12|16|19|22|25))(?: (?:pro|home|enterprise|iot enterprise))?(?:,?(?: version)? 2\dH[12])?(?: ?\(\d{5}(?:\.\d{1,5})?\))?|\b(?:macos|mac os|os x)(?: (?:tahoe|sequoia|sonoma|ventura|monterey|big sur))?(?: ?\d{2}(?:\.\d{1,2}){0,2})?|\b(?:ios|ipados) ?\d{1,2}(?:\.\d{1,2}){0,2}|\bandroid ?\d{1,2}\b|\bchrome ?os\b", AnyCase, Milliseconds)]
    public static partial Regex Systems();

    [GeneratedRegex(@"\b(?:version|ver\.?|(?<!\d )build|v\.?) ?(?<version>\d[\w.]{0,19}(?: \(\d[\d.]{1,19}\))?)", AnyCase, Milliseconds)]
    public static partial Regex Versions();

    /// <summary>A version right behind a program's name.</summary>
    [GeneratedRegex(@"^[ ,]{0,2}(?:\()?(?:version|ver\.?|v\.?|build)? ?(?<version>\d{1,5}(?:\.\d{1,6}){0,3}(?: \(\d[\d.]{1,19}\))?)", AnyCase, Milliseconds)]
    public static partial Regex VersionBehind();

    [GeneratedRegex(@"\b(?:since|from|started|began|seit)\s(?:about |around |yesterday |early |late |late |last |this |heute |gestern ){0,3}(?:this morning|morning|lunch(?:time)?|noon|midday|afternoon|evening|night|today|yesterday|monday|tuesday|wednesday|thursday|friday|saturday|sunday|weekend|week|month|(?:the )?(?:last )?(?:update|upgrade|restart|move|weekend)|heute|gestern|morgen|mittag|montag|dienstag|mittwoch|donnerstag|freitag|\d{1,2}(?! ?(?:min|hour|day|week|month))(?:[:.]\d\d)?(?: ?(?:am|pm|uhr|o'clock))?|\d{1,2}(?:st|nd|rd|th)?(?: of)? (?:jan|feb|mar|apr|may|jun|jul|aug|sep|oct|nov|dec)[a-z]{0,6}|\d{4}-\d\d-\d\d)\b|\b(?:this morning|since yesterday|yesterday (?:morning|afternoon|evening)|(?:about |around |for )?(?:an hour|half an hour|a (?:few|couple of) (?:minutes|hours|days|weeks)|\d{1,3} (?:min|minutes?|hours?|days?|weeks?)) ago|for (?:the last |the past )?(?:an hour|\d{1,3} (?:minutes?|hours?|days?|weeks?))|all day|all morning)\b", AnyCase, Milliseconds)]
    public static partial Regex FirstSeen();

    [GeneratedRegex(@"\b(?:after|since|following|nach|seit) (?:the |an? |last night's |yesterday's |today's |dem |der ){0,2}(?:(?:windows|office|outlook|teams|system|software|firmware|driver|mac|phone|pos|till) )?(?:update|upgrade|restart|reboot|reinstall|migration|password change|office move|move|power cut|neustart|umzug)\b|\b(?:changed my password|new (?:laptop|phone|router|printer|password)) (?:today|yesterday|this week|last week|on \w{3,9})\b", AnyCase, Milliseconds)]
    public static partial Regex Changes();

    [GeneratedRegex(@"\b(?:vpn|wi-?fi|wlan|ethernet|(?:lan|network) cable|docking station|mobile data|hotspot|guest (?:network|wi-?fi)|home office|homeoffice|working from home|work from home|from home|hotel|mobile network)\b", AnyCase, Milliseconds)]
    public static partial Regex Networks();

    [GeneratedRegex(@"\b(?:every(?:one|body)|nobody|no one|all (?:of us|tills|staff|users|machines|computers|phones)|(?:the )?whole (?:shop|office|team|clinic|company|site|floor|department)|both tills|only me|just me|my colleagues?(?: too| as well)?|others? (?:too|as well))\b", AnyCase, Milliseconds)]
    public static partial Regex Affected();

    [GeneratedRegex(@"\b(?:patients?|medical|diagnos[ei]s|prescriptions?|lab results?|health records?|client (?:files?|accounts?|ledgers?)|tax returns?|payroll|salar(?:y|ies)|confidential|trade secret|bank details|card numbers?)\b", AnyCase, Milliseconds)]
    public static partial Regex Confidential();

    [GeneratedRegex(@"\b(?:personal data|date of birth|home address(?:es)?|passport|national insurance|customer (?:names?|addresses|data|list)|staff (?:records?|files?)|cvs?|application letters?)\b", AnyCase, Milliseconds)]
    public static partial Regex Personal();

    [GeneratedRegex(@"error|fail|cannot|can't|could not|couldn't|unable|denied|not |invalid|expired|blocked|wrong|problem|unexpected|went wrong|fehler|nicht|sorry|missing|required|too ", AnyCase, Milliseconds)]
    public static partial Regex SoundsLikeError();
}
