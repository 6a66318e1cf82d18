using Microsoft.EntityFrameworkCore;
using TenantPortal.Domain.Contracts;
using TenantPortal.Domain.Escalation;
using TenantPortal.Domain.People;
using TenantPortal.Domain.Tenancy;
using TenantPortal.Domain.Tickets;

namespace TenantPortal.Web.Infrastructure.Data;

/// <summary>The directory: clients, staff, rotas, token hashes, keys. No policy stands under it, so only Infrastructure/Tenancy and Infrastructure/Jobs use it.</summary>
public sealed class DirectoryDb(DbContextOptions<DirectoryDb> options) : DbContext(options)
{
    public DbSet<Client> Clients => Set<Client>();
    public DbSet<StaffMember> Staff => Set<StaffMember>();
    public DbSet<SignInToken> Tokens => Set<SignInToken>();
    public DbSet<DataProtectionKey> Keys => Set<DataProtectionKey>();
    public DbSet<PortalSetting> Settings => Set<PortalSetting>();
    public DbSet<Rota> Rotas => Set<Rota>();
    public DbSet<StandIn> StandIns => Set<StandIn>();
    public DbSet<TimeOff> TimesOff => Set<TimeOff>();
    public DbSet<EscalationPath> Paths => Set<EscalationPath>();
    public DbSet<Hook> Hooks => Set<Hook>();
    public DbSet<TeamHours> TeamHours => Set<TeamHours>();
    public DbSet<PushSubscription> Pushes => Set<PushSubscription>();
    public DbSet<ApiToken> ApiTokens => Set<ApiToken>();
    public DbSet<Job> Jobs => Set<Job>();
    public DbSet<Alarm> Alarms => Set<Alarm>();

    protected override void ConfigureConventions(ModelConfigurationBuilder configuration) => ColumnTypes.Configure(configuration);

    protected override void OnModelCreating(ModelBuilder model)
    {
        model.Entity<SignInToken>().HasKey(t => t.Hash);
        model.Entity<PortalSetting>().HasKey(s => s.Name);
        model.Entity<Alarm>().HasKey(a => new { a.TenantId, a.TicketId });
        model.Entity<TeamHours>().HasKey(t => t.Queue);
        PortalDb.Json(model.Entity<TeamHours>().Property(t => t.Hours));
        PortalDb.Json(model.Entity<Rota>().Property(r => r.Shifts));
        PortalDb.Json(model.Entity<EscalationPath>().Property(p => p.Steps));
        model.Entity<EscalationPath>().Property(p => p.State).IsConcurrencyToken();
        foreach (var type in model.Model.GetEntityTypes())
            if (type.FindProperty("Id") is { } id) id.ValueGenerated = Microsoft.EntityFrameworkCore.Metadata.ValueGenerated.Never;
        model.Entity<Job>().Property(j => j.CreatedAt).HasDefaultValueSql("now()");
        ColumnTypes.UseSnakeCase(model);
    }
}

/// <summary>The hash of a one-time link; the link itself is only in the mail.</summary>
public sealed class SignInToken
{
    public required byte[] Hash { get; init; }
    /// <summary>contact-link, contact-invite, contact-password, staff-invite, staff-password, setup.</summary>
    public required string Purpose { get; init; }
    /// <summary>Null for staff.</summary>
    public TenantId? TenantId { get; init; }
    public required Guid PersonId { get; init; }
    public required DateTimeOffset CreatedAt { get; init; }
    public required DateTimeOffset ExpiresAt { get; init; }
    public DateTimeOffset? UsedAt { get; set; }
}

public sealed class DataProtectionKey
{
    public required string Id { get; init; }
    public required string Xml { get; init; }
}

public sealed class PortalSetting
{
    public required string Name { get; init; }
    public required string Value { get; set; }
}

/// <summary>The head of a piece of work: whose, what kind, when, and who holds it. Never text.</summary>
public sealed class Job
{
    public Guid Id { get; init; } = Guid.CreateVersion7();
    public required TenantId TenantId { get; init; }
    public required string Kind { get; init; }
    public Guid? RefId { get; init; }
    /// <summary>For ticket-events: the first event the job is about.</summary>
    public long? Number { get; init; }
    public required DateTimeOffset DueAt { get; set; }
    public DateTimeOffset CreatedAt { get; init; }
    public int Attempts { get; set; }
    public DateTimeOffset? LeaseUntil { get; set; }
    public Guid? LeaseToken { get; set; }
    public DateTimeOffset? DoneAt { get; set; }
    public DateTimeOffset? DeadAt { get; set; }
}

/// <summary>When a ticket is to be looked at next, for its thresholds, calls and promised updates. Never text.</summary>
public sealed class Alarm
{
    public required TenantId TenantId { get; init; }
    public required TicketId TicketId { get; init; }
    public required DateTimeOffset DueAt { get; set; }
}
