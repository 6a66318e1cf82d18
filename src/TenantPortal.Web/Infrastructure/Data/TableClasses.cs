namespace TenantPortal.Web.Infrastructure.Data;

/// <summary>The tables that are no tenant tables, each with its reason; the catalog test holds the database to this list.</summary>
public static class TableClasses
{
    /// <summary>Who, where, and who is called; read only by Infrastructure/Tenancy.</summary>
    public static IReadOnlySet<string> Directory { get; } = new HashSet<string>(StringComparer.Ordinal) { "client", "staff_member", "sign_in_token", "data_protection_key", "portal_setting", "schema_migration", "rota", "stand_in", "time_off", "escalation_path", "hook", "team_hours", "push_subscription", "api_token" };

    /// <summary>Heads of work without text; read only by Infrastructure/Jobs.</summary>
    public static IReadOnlySet<string> Heads { get; } = new HashSet<string>(StringComparer.Ordinal) { "job", "alarm" };

    /// <summary>Policy enabled but not forced, no grant to the app: text search through one function of the owner.</summary>
    public static IReadOnlySet<string> NotForced { get; } = new HashSet<string>(StringComparer.Ordinal) { "ticket_search" };

    /// <summary>Functions that run as the owner; the sealer's as its own role.</summary>
    public static IReadOnlySet<string> SecurityDefiner { get; } = new HashSet<string>(StringComparer.Ordinal) { "search_tickets", "index_ticket_message", "seal_events" };

    /// <summary>The one kind of index that does not start with the tenant: lists over many clients.</summary>
    public static IReadOnlySet<string> IndexesOverClients { get; } = new HashSet<string>(StringComparer.Ordinal) { "ticket_all_queues", "ticket_search_tsv", "ticket_event_xact", "client_event_xact", "decision_record_xact", "audit_entry_seen" };
}
