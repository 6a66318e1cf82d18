using System.Text.RegularExpressions;
using TenantPortal.Domain.People;

namespace TenantPortal.Web.Infrastructure.Content;

/// <summary>Reads the entries of client.yml and of the lists of a client's profile; refs between them are checked afterwards.</summary>
internal static partial class ProfileFile
{
    public static ClientHead Head(YamlRecord record, Func<string, string?> readLogo)
    {
        RunbookFile.Schema(record);
        var logo = record.TextOrNull("logo", 80);
        var head = new ClientHead(record.Text("slug", 40), record.Text("name", 120), record.Text("ticket_prefix", 6), record.Text("time_zone", 60), record.TextOrNull("lang", 10) ?? "en",
            record.TextOrNull("phone", 60), record.TextOrNull("hours"), record.TextOrNull("theme", 40) ?? "default", record.TextOrNull("accent", 7) ?? "#1F5FBF",
            logo is null ? null : readLogo(logo), record.TextOrNull("welcome", 1000), record.TextOrNull("notice", 1000), record.Texts("packs", 60));
        if (record.TextOrNull("kind") is { } kind && kind is not ("retail" or "clinic" or "office")) record.Problem("kind", $"“kind” is retail, clinic or office; “{kind}” is not.");
        _ = record.TextOrNull("mail_domain", 120);
        if (head.Slug.Length > 0 && (!ContentNames.IsSlug(head.Slug) || head.Slug.Length < 2)) record.Problem("slug", "“slug” has 2 to 40 of a to z, 0 to 9 and single hyphens.");
        if (head.TicketPrefix.Length > 0 && !Prefix().IsMatch(head.TicketPrefix)) record.Problem("ticket_prefix", "“ticket_prefix” is 2 to 6 capitals.");
        if (!Colour().IsMatch(head.Accent)) record.Problem("accent", "“accent” is a colour such as \"#1F5FBF\".");
        if (head.TimeZone.Length > 0 && !TimeZoneInfo.TryFindSystemTimeZoneById(head.TimeZone, out _)) record.Problem("time_zone", $"“{head.TimeZone}” is not a time zone; write one such as Europe/London.");
        record.Done();
        return head;
    }

    public static string Ref(YamlRecord record)
    {
        var reference = record.Text("ref", 60);
        if (record.File.HasForeignRefs) return reference;
        if (reference.Length > 0 && !ContentNames.IsSlug(reference)) record.Problem("ref", $"A ref may hold a to z, 0 to 9 and single hyphens; “{reference}” does not fit.");
        return reference;
    }

    public static SiteEntry Site(YamlRecord r) => new(Ref(r), r.Text("name", 120), r.TextOrNull("address"), r.TextOrNull("phone", 60), r.TextOrNull("kind", 40), r.Number("people", 0));

    public static PersonEntry Person(YamlRecord r)
    {
        var email = r.Text("email", 200);
        if (email.Length > 0 && !Address().IsMatch(email)) r.Problem("email", $"“{email}” is not an e-mail address.");
        var active = r.TextOrNull("active", 5);
        if (active is not (null or "true" or "false")) r.Problem("active", "“active” is true or false.");
        return new(Ref(r), r.Text("name", 120), email, r.TextOrNull("phone", 60), r.TextOrNull("site", 60), r.Choice("role", ContentNames.ContactRoles, ContactRole.Contact), r.TextOrNull("title", 120), r.TextOrNull("device", 60), active is null ? null : active == "true");
    }

    public static DeviceEntry Device(YamlRecord r)
    {
        var os = r.TextOrNull("os", 20);
        if (os is not null && !ContentNames.OperatingSystems.Contains(os)) r.Problem("os", $"“os” is one of {string.Join(", ", ContentNames.OperatingSystems)}; “{os}” is not.");
        return new(Ref(r), r.Text("name", 120), r.Choice("kind", ContentNames.DeviceKinds), r.TextOrNull("model", 120), os, r.TextOrNull("os_version", 120), r.TextOrNull("site", 60), r.TextOrNull("person", 60), r.TextOrNull("serial", 60));
    }

    public static SoftwareEntry Software(YamlRecord r) => new(Ref(r), r.Text("name", 120), r.TextOrNull("vendor", 120), r.TextOrNull("version", 60), r.AllOr("installed_on"), r.NumberOrNull("seats"), r.NumberOrNull("seats_used"), r.TextOrNull("portal"));

    public static PrinterEntry Printer(YamlRecord r) => new(Ref(r), r.Text("name", 120), r.TextOrNull("model", 120), r.TextOrNull("address", 120), r.TextOrNull("location", 200), r.TextOrNull("site", 60), r.Flag("default"));

    public static VpnEntry Vpn(YamlRecord r) => new(Ref(r), r.Text("name", 120), r.Text("app", 120), r.Text("gateway", 200), r.TextOrNull("site", 60));

    public static SystemEntry System(YamlRecord r) => new(Ref(r), r.Text("name", 120), r.Texts("everyday", 80), r.AllOr("sites"), r.Flag("critical"));

    public static ChangeEntry Change(YamlRecord r)
    {
        var moment = ContentTime.Moment(r.TextOrNull("ago", 20), r.TextOrNull("on", 10), r.TextOrNull("at", 5), out var problem);
        if (moment is null) r.Problem("ago", problem!);
        return new(Ref(r), r.Text("what"), r.Choice("kind", ContentNames.ChangeKinds), moment ?? new(TimeSpan.Zero, null, null), r.TextOrNull("site", 60), r.TextOrNull("device", 60), r.TextOrNull("by", 120));
    }

    [GeneratedRegex(@"\A[A-Z]{2,6}\z", RegexOptions.None, 1000)]
    private static partial Regex Prefix();
    [GeneratedRegex(@"\A#[0-9A-Fa-f]{6}\z", RegexOptions.None, 1000)]
    private static partial Regex Colour();
    [GeneratedRegex(@"\A[^@\s]{1,64}@[^@\s]+\.[^@\s]+\z", RegexOptions.None, 1000)]
    private static partial Regex Address();
}
