using System.Text.Json;

namespace TenantPortal.Web.Infrastructure.Content;

/// <summary>A record that was not taken: its list, its place there from 1, and why.</summary>
public sealed record RejectedRecord(string List, int Place, string? Ref, string Reason);

/// <summary>What another system sends of a client, in the shapes of the client's files: each record is taken or rejected by itself, and one that leans on a rejected one is rejected too.</summary>
public sealed class OutsideRecords
{
    public const int MostRecords = 1_000, MostTickets = 100;
    private static readonly string[] Lists = ["sites", "people", "devices", "software", "changes", "tickets"];
    private readonly List<RejectedRecord> rejected = [];
    private readonly Dictionary<object, (string List, int Place, string Ref)> places = new(ReferenceEqualityComparer.Instance);

    public IReadOnlyList<RejectedRecord> Rejected => rejected;
    public List<SiteEntry> Sites { get; private set; } = [];
    public List<PersonEntry> People { get; private set; } = [];
    public List<DeviceEntry> Devices { get; private set; } = [];
    public List<SoftwareEntry> Software { get; private set; } = [];
    public List<ChangeEntry> Changes { get; private set; } = [];
    public List<TicketEntry> Tickets { get; private set; } = [];
    public int Count => Sites.Count + People.Count + Devices.Count + Software.Count + Changes.Count;

    /// <summary>A sentence about a body that is no such thing at all; null when each of its records was looked at.</summary>
    public string? Read(JsonElement body)
    {
        if (body.ValueKind != JsonValueKind.Object) return $"The body is one object with lists: {string.Join(", ", Lists)}.";
        foreach (var list in body.EnumerateObject())
        {
            if (!Lists.Contains(list.Name)) return $"“{list.Name}” is not one of the lists: {string.Join(", ", Lists)}.";
            if (list.Value.ValueKind != JsonValueKind.Array) return $"“{list.Name}” must be a list.";
            var most = list.Name == "tickets" ? MostTickets : MostRecords;
            if (list.Value.GetArrayLength() > most) return $"“{list.Name}” has {list.Value.GetArrayLength()} records; {most} are taken at once.";
        }
        Sites = List(body, "sites", ProfileFile.Site, e => e.Ref);
        People = List(body, "people", ProfileFile.Person, e => e.Ref);
        Devices = List(body, "devices", ProfileFile.Device, e => e.Ref);
        Software = List(body, "software", ProfileFile.Software, e => e.Ref);
        Changes = List(body, "changes", ProfileFile.Change, e => e.Ref);
        Tickets = List(body, "tickets", r => TicketsFile.Ticket(r, isPast: !r.Has("state")), e => e.Ref);
        return null;
    }

    /// <summary>Rejects what the predicate gives a reason for; true when there was any.</summary>
    public bool Reject<T>(List<T> entries, Func<T, string?> reason) where T : class
    {
        var gone = entries.Select(e => (Entry: e, Reason: reason(e))).Where(e => e.Reason is not null).ToList();
        foreach (var (entry, why) in gone)
        {
            var (list, place, reference) = places[entry];
            rejected.Add(new(list, place, reference, why!));
            entries.Remove(entry);
        }
        return gone.Count > 0;
    }

    private List<T> List<T>(JsonElement body, string name, Func<YamlRecord, T> read, Func<T, string> reference) where T : class
    {
        var (entries, refs, place) = (new List<T>(), new HashSet<string>(StringComparer.Ordinal), 0);
        if (!body.TryGetProperty(name, out var list)) return entries;
        foreach (var element in list.EnumerateArray())
        {
            var problems = new ContentProblems();
            var file = ContentFile.FromOutside(name, problems);
            place++;
            if (JsonTree.ReadMap(file, element.GetRawText(), place) is not { } map) { Refuse(null); continue; }
            var record = new YamlRecord(file, map);
            var entry = read(record);
            record.Done();
            var own = reference(entry);
            if (own.Length > 0 && !refs.Add(own)) file.Problem(place, $"The ref “{own}” is there twice.");
            if (problems.Any) { Refuse(own); continue; }
            places[entry] = (name, place, own);
            entries.Add(entry);

            void Refuse(string? of) => rejected.Add(new(name, place, of, string.Join(' ', problems.All.Select(p => p.Reason))));
        }
        return entries;
    }
}
