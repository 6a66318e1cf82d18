using System.Text.RegularExpressions;
using TenantPortal.Domain.Contracts;
using TenantPortal.Domain.Knowledge;
using TenantPortal.Domain.People;
using TenantPortal.Domain.SelfService;
using TenantPortal.Domain.Sla;
using TenantPortal.Domain.Tickets;

namespace TenantPortal.Web.Infrastructure.Content;

/// <summary>The words content files use for our own values: the one dictionary between the two.</summary>
public static partial class ContentNames
{
    public static IReadOnlyDictionary<string, RunbookKind> Kinds { get; } = Names<RunbookKind>('-');
    public static IReadOnlyDictionary<string, Risk> Risks { get; } = Names<Risk>();
    public static IReadOnlyDictionary<string, RunbookApproval> Approvals { get; } = Names<RunbookApproval>();
    public static IReadOnlyDictionary<string, Audience> Audiences { get; } = Names<Audience>();
    public static IReadOnlyDictionary<string, StepActor> Actors { get; } = Names<StepActor>();
    public static IReadOnlyDictionary<string, FieldType> FieldTypes { get; } = Names<FieldType>();
    public static IReadOnlyDictionary<string, Impact> Impacts { get; } = Names<Impact>();
    public static IReadOnlyDictionary<string, Urgency> Urgencies { get; } = Names<Urgency>();
    public static IReadOnlyDictionary<string, Priority> Priorities { get; } = Enum.GetValues<Priority>().ToDictionary(p => p.ToString());
    public static IReadOnlyDictionary<string, Sensitivity> Sensitivities { get; } = Names<Sensitivity>();
    public static IReadOnlyDictionary<string, RiskTags> RiskTags { get; } = Names<RiskTags>().Where(r => r.Value != Domain.Tickets.RiskTags.None).ToDictionary();
    public static IReadOnlyDictionary<string, EnvironmentField> Fields { get; } = Names<EnvironmentField>();
    public static IReadOnlyDictionary<string, DayOfWeek> Days { get; } = Enum.GetValues<DayOfWeek>().ToDictionary(day => day.ToString()[..3].ToLowerInvariant());
    public static IReadOnlyDictionary<string, ContactRole> ContactRoles { get; } = Names<ContactRole>();
    public static IReadOnlyDictionary<string, StaffRoles> StaffRoles { get; } = Names<StaffRoles>('-').Where(r => r.Value != Domain.People.StaffRoles.None).ToDictionary();
    public static IReadOnlyDictionary<string, DeviceKind> DeviceKinds { get; } = Names<DeviceKind>();
    public static IReadOnlyDictionary<string, ChangeKind> ChangeKinds { get; } = Names<ChangeKind>();
    public static IReadOnlyDictionary<string, CalendarChoice> Calendars { get; } = Names<CalendarChoice>();
    public static IReadOnlyDictionary<string, ClockKind> Clocks { get; } = Names<ClockKind>();
    public static IReadOnlyDictionary<string, Breadth> Breadths { get; } = Names<Breadth>();
    public static IReadOnlyDictionary<string, Channel> Channels { get; } = Names<Channel>().Where(c => c.Value is Channel.Portal or Channel.Phone or Channel.Mail).ToDictionary();
    public static IReadOnlyDictionary<string, TicketStatus> States { get; } = Names<TicketStatus>().Where(s => s.Value != TicketStatus.OnHold).ToDictionary();
    public static IReadOnlyDictionary<string, StepAnswer> Answers { get; } = Names<StepAnswer>();
    public static IReadOnlyDictionary<string, AttemptOutcome> Outcomes { get; } = Names<AttemptOutcome>().Where(o => o.Value is AttemptOutcome.Confirmed or AttemptOutcome.Partly or AttemptOutcome.Failed or AttemptOutcome.Abandoned).ToDictionary();

    public static IReadOnlySet<string> OperatingSystems { get; } = new HashSet<string>(StringComparer.Ordinal) { "windows", "macos", "ios", "android", "chromeos" };
    public static IReadOnlySet<string> Icons { get; } = new HashSet<string>(StringComparer.Ordinal) { "person", "key", "laptop", "printer", "phone", "wifi", "mail", "app", "cart", "shield", "door", "help" };

    /// <summary>Facts that come from a client's records; every other variable is a value of variables.yml.</summary>
    public static IReadOnlySet<string> Facts { get; } = new HashSet<string>(StringComparer.Ordinal)
    {
        "client.name", "client.phone", "client.hours", "person.first_name", "site.name", "device.name", "device.model", "device.os",
        "printer.name", "printer.model", "printer.address", "printer.location", "vpn.name", "vpn.app", "vpn.gateway",
    };

    public static bool IsSlug(string text) => text.Length is > 0 and <= 80 && Slug().IsMatch(text);
    public static bool IsCategory(string text) => Category().IsMatch(text);
    public static bool IsVariable(string text) => Variable().IsMatch(text);

    private static Dictionary<string, T> Names<T>(char join = '_') where T : struct, Enum => Enum.GetValues<T>().ToDictionary(value => Join().Replace(value.ToString(), $"{join}").ToLowerInvariant());

    [GeneratedRegex(@"(?<=[a-z])(?=[A-Z])", RegexOptions.ExplicitCapture, 1000)]
    private static partial Regex Join();
    [GeneratedRegex(@"\A[a-z0-9]+(-[a-z0-9]+)*\z", RegexOptions.ExplicitCapture, 1000)]
    private static partial Regex Slug();
    [GeneratedRegex(@"\A[a-z0-9-]+/[a-z0-9-]+\z", RegexOptions.ExplicitCapture, 1000)]
    private static partial Regex Category();
    [GeneratedRegex(@"\A[a-z][a-z0-9_]*(\.[a-z][a-z0-9_]*)+\z", RegexOptions.ExplicitCapture, 1000)]
    private static partial Regex Variable();
}
