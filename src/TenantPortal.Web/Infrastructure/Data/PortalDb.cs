using System.Text.Json;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;
using TenantPortal.Domain.Audit;
using TenantPortal.Domain.Contracts;
using TenantPortal.Domain.Escalation;
using TenantPortal.Domain.HandOver;
using TenantPortal.Domain.Knowledge;
using TenantPortal.Domain.People;
using TenantPortal.Domain.SelfService;
using TenantPortal.Domain.Tenancy;
using TenantPortal.Domain.Tickets;
using TenantPortal.Domain.Tickets.Secrets;
using TenantPortal.Domain.Triage;
using TenantPortal.Web.Infrastructure.Tenancy;

namespace TenantPortal.Web.Infrastructure.Data;

/// <summary>All tenant tables. Every set carries the named filter "tenant"; the policies underneath hold when a filter is forgotten.</summary>
public sealed class PortalDb : DbContext
{
    // a write carries its scope as the transaction's first statement, so every write has a transaction
    public PortalDb(DbContextOptions<PortalDb> options) : base(options) => Database.AutoTransactionBehavior = AutoTransactionBehavior.Always;

    /// <summary>Whose rows this unit of work may touch; nobody's until it is told.</summary>
    internal TenantScope Scope { get; private set; } = new();
    private bool All => Scope.All;
    private TenantId[] Tenants => Scope.Tenants;

    public DbSet<Contact> Contacts => Set<Contact>();
    public DbSet<Site> Sites => Set<Site>();
    public DbSet<Device> Devices => Set<Device>();
    public DbSet<Software> Software => Set<Software>();
    public DbSet<Printer> Printers => Set<Printer>();
    public DbSet<VpnProfile> VpnProfiles => Set<VpnProfile>();
    public DbSet<RecentChange> RecentChanges => Set<RecentChange>();
    public DbSet<NamedSystem> Systems => Set<NamedSystem>();
    public DbSet<ClientLook> Looks => Set<ClientLook>();
    public DbSet<Contract> Contracts => Set<Contract>();
    public DbSet<Clause> Clauses => Set<Clause>();
    public DbSet<ClauseVersion> ClauseVersions => Set<ClauseVersion>();
    public DbSet<TriageRuleSet> TriageRules => Set<TriageRuleSet>();
    public DbSet<RequestType> RequestTypes => Set<RequestType>();
    public DbSet<TicketCounter> TicketCounters => Set<TicketCounter>();
    public DbSet<ReportDraft> ReportDrafts => Set<ReportDraft>();
    public DbSet<Ticket> Tickets => Set<Ticket>();
    public DbSet<TicketMessage> Messages => Set<TicketMessage>();
    public DbSet<TicketNote> Notes => Set<TicketNote>();
    public DbSet<TicketEvent> Events => Set<TicketEvent>();
    public DbSet<TicketFact> Facts => Set<TicketFact>();
    public DbSet<TicketTarget> Targets => Set<TicketTarget>();
    public DbSet<TicketSecret> Secrets => Set<TicketSecret>();
    public DbSet<ClientKey> ClientKeys => Set<ClientKey>();
    public DbSet<TicketAttachment> Attachments => Set<TicketAttachment>();
    public DbSet<Attempt> Attempts => Set<Attempt>();
    public DbSet<LockedOut> LockedOut => Set<LockedOut>();
    public DbSet<TicketFollower> Followers => Set<TicketFollower>();
    public DbSet<SiteCode> SiteCodes => Set<SiteCode>();
    public DbSet<DeskAttempt> DeskAttempts => Set<DeskAttempt>();
    public DbSet<Approval> Approvals => Set<Approval>();
    public DbSet<TakenStep> TakenSteps => Set<TakenStep>();
    public DbSet<LeadCall> LeadCalls => Set<LeadCall>();
    public DbSet<StaffNotice> Notices => Set<StaffNotice>();
    public DbSet<OutboxMessage> Outbox => Set<OutboxMessage>();
    public DbSet<StoredFile> Files => Set<StoredFile>();
    public DbSet<StoredFileChunk> FileChunks => Set<StoredFileChunk>();
    public DbSet<RunbookVersion> RunbookVersions => Set<RunbookVersion>();
    public DbSet<PublishedRunbook> Published => Set<PublishedRunbook>();
    public DbSet<VariableValue> Variables => Set<VariableValue>();
    public DbSet<GlossaryTerm> Glossary => Set<GlossaryTerm>();
    public DbSet<KnowledgeGeneration> Generations => Set<KnowledgeGeneration>();
    public DbSet<PackMedia> Media => Set<PackMedia>();
    public DbSet<LearnedTicket> LearnedTickets => Set<LearnedTicket>();
    public DbSet<IndexPack> IndexPacks => Set<IndexPack>();
    public DbSet<SearchLog> Searches => Set<SearchLog>();
    public DbSet<GuideEvent> GuideEvents => Set<GuideEvent>();
    public DbSet<DecisionRecord> Decisions => Set<DecisionRecord>();
    public DbSet<ClientEvent> ClientEvents => Set<ClientEvent>();
    public DbSet<RuleSnapshot> RuleSnapshots => Set<RuleSnapshot>();
    public DbSet<RuleReplay> Replays => Set<RuleReplay>();
    public DbSet<Baseline> Baselines => Set<Baseline>();
    public DbSet<EventSubscription> Subscriptions => Set<EventSubscription>();
    public DbSet<EventDelivery> Deliveries => Set<EventDelivery>();
    public DbSet<ApiCall> ApiCalls => Set<ApiCall>();
    public DbSet<AuditEntry> AuditEntries => Set<AuditEntry>();

    /// <summary>The beginning of every unit of work: a context has served others before.</summary>
    public PortalDb In(TenantScope scope)
    {
        Scope = scope;
        return this;
    }

    protected override void ConfigureConventions(ModelConfigurationBuilder configuration) => ColumnTypes.Configure(configuration);

    protected override void OnModelCreating(ModelBuilder model)
    {
        foreach (var type in typeof(ITenantOwned).Assembly.GetTypes().Where(t => t.IsClass && t.IsAssignableTo(typeof(ITenantOwned))))
            typeof(PortalDb).GetMethod(nameof(Own), System.Reflection.BindingFlags.NonPublic | System.Reflection.BindingFlags.Instance)!.MakeGenericMethod(type).Invoke(this, [model]);

        foreach (var alone in new[] { typeof(ClientLook), typeof(TicketCounter), typeof(KnowledgeGeneration), typeof(IndexPack) }) model.Entity(alone).HasKey("TenantId");
        model.Entity<ApiCall>().HasKey(c => new { c.TenantId, c.TokenId, c.Key });
        model.Entity<StoredFileChunk>().HasKey(c => new { c.TenantId, c.FileId, c.Number });
        model.Entity<PackMedia>().HasKey(m => new { m.TenantId, m.Pack, m.Name });
        model.Entity<ClientKey>().HasKey(k => new { k.TenantId, k.Number });
        model.Entity<LockedOut>().HasKey(l => new { l.TenantId, l.TicketId });
        model.Entity<TicketFollower>().HasKey(f => new { f.TenantId, f.TicketId, f.ContactId });
        model.Entity<SiteCode>().HasKey(c => new { c.TenantId, c.ContactId });
        model.Entity<LearnedTicket>().HasKey(l => new { l.TenantId, l.TicketId });
        model.Entity<PublishedRunbook>().HasKey(p => new { p.TenantId, p.RunbookId });
        // known to EF so that an address is freed before it is given away
        model.Entity<PublishedRunbook>().HasIndex(p => new { p.TenantId, p.Slug }).IsUnique();
        model.Entity<TicketEvent>().Property(e => e.Id).ValueGeneratedOnAdd();
        model.Entity<TicketEvent>().Property<ulong>(TransactionOf).HasColumnType("xid8").HasDefaultValueSql("pg_current_xact_id()").ValueGeneratedOnAdd();
        model.Entity<ClientEvent>().Property(e => e.Id).ValueGeneratedOnAdd();
        foreach (var linked in new[] { typeof(ClientEvent), typeof(DecisionRecord) }) model.Entity(linked).Property<ulong>(TransactionOf).HasColumnType("xid8").HasDefaultValueSql("pg_current_xact_id()").ValueGeneratedOnAdd();
        // written by the sealer alone
        model.Entity<AuditEntry>().HasKey(e => new { e.TenantId, e.Number });
        model.Entity<AuditEntry>().Property<ulong>("Seen").HasColumnType("xid8");
        // heads are only added here (JobQueue), so that work and the rows it is about are committed together
        model.Entity<Job>().Property(j => j.Id).ValueGeneratedNever();
        model.Entity<Job>().Property(j => j.CreatedAt).HasDefaultValueSql("now()");
        foreach (var decision in new[] { nameof(DecisionRecord.Inputs), nameof(DecisionRecord.Output) }) model.Entity<DecisionRecord>().Property(decision).HasColumnType("jsonb");
        model.Entity<ReportDraft>().Property(d => d.Form).HasColumnType("jsonb");

        // written once: another value is another object
        Json(model.Entity<TicketEvent>().Property(e => e.Detail), isReplaced: true);
        Json(model.Entity<ClientEvent>().Property(e => e.Detail), isReplaced: true);
        Json(model.Entity<Ticket>().Property(t => t.Verdict), isReplaced: true);
        Json(model.Entity<Ticket>().Property(t => t.Resolution), isReplaced: true);
        Json(model.Entity<ClauseVersion>().Property(v => v.Rule), isReplaced: true);
        Json(model.Entity<ClauseVersion>().Property(v => v.Cases), isReplaced: true);
        model.Entity<ClauseVersion>().Property(v => v.State).IsConcurrencyToken();
        model.Entity<RuleSnapshot>().HasKey(s => new { s.TenantId, s.Hash });
        Json(model.Entity<RuleSnapshot>().Property(s => s.Parts), isReplaced: true);
        Json(model.Entity<Baseline>().Property(b => b.Figures), isReplaced: true);
        Json(model.Entity<RuleReplay>().Property(r => r.Changes), isReplaced: true);
        model.Entity<RuleReplay>().HasOne<ClauseVersion>().WithMany().HasForeignKey(r => new { r.TenantId, r.VersionId });
        Json(model.Entity<Attempt>().Property(a => a.Steps));
        Json(model.Entity<DeskAttempt>().Property(a => a.Steps));
        Json(model.Entity<Contract>().Property(c => c.Hours));
        Json(model.Entity<Contract>().Property(c => c.Targets));
        Json(model.Entity<RequestType>().Property(r => r.Fields));
        Json(model.Entity<TriageRuleSet>().Property(r => r.Rules));
        Json(model.Entity<PublishedRunbook>().Property(p => p.Content));

        model.Entity<Ticket>(ticket =>
        {
            ticket.Property<uint>("xmin").IsRowVersion();
            ticket.Property(t => t.Priority).HasConversion<int>();
            ticket.Property(t => t.Number).ValueGeneratedOnAdd();
            ticket.HasMany(t => t.Messages).WithOne().HasForeignKey(m => new { m.TenantId, m.TicketId });
            ticket.HasMany(t => t.Notes).WithOne().HasForeignKey(m => new { m.TenantId, m.TicketId });
            ticket.HasMany(t => t.Facts).WithOne().HasForeignKey(m => new { m.TenantId, m.TicketId });
            ticket.HasMany(t => t.Events).WithOne().HasForeignKey(m => new { m.TenantId, m.TicketId });
            ticket.HasMany(t => t.Secrets).WithOne().HasForeignKey(m => new { m.TenantId, m.TicketId });
            ticket.HasMany(t => t.Targets).WithOne().HasForeignKey(m => new { m.TenantId, m.TicketId });
            ticket.HasMany(t => t.Attachments).WithOne().HasForeignKey(m => new { m.TenantId, m.TicketId });
        });
        model.Entity<Attempt>().HasOne<Ticket>().WithMany().HasForeignKey(a => new { a.TenantId, a.TicketId });
        model.Entity<DeskAttempt>().HasOne<Ticket>().WithMany().HasForeignKey(a => new { a.TenantId, a.TicketId });
        model.Entity<Attempt>().Property<uint>("xmin").IsRowVersion();
        model.Entity<OutboxMessage>().Property(m => m.State).IsConcurrencyToken();
        model.Entity<Approval>().Property(a => a.State).IsConcurrencyToken();
        model.Entity<Approval>().HasOne<Ticket>().WithMany().HasForeignKey(a => new { a.TenantId, a.TicketId });
        // so that the ticket's rows are written in their order: it, the step, the step's calls
        model.Entity<TakenStep>().HasOne<Ticket>().WithMany().HasForeignKey(s => new { s.TenantId, s.TicketId });
        model.Entity<TakenStep>().Property(s => s.State).IsConcurrencyToken();
        model.Entity<LeadCall>().HasOne<TakenStep>().WithMany().HasForeignKey(c => new { c.TenantId, c.StepId });
        ColumnTypes.UseSnakeCase(model);
    }

    private void Own<T>(ModelBuilder model) where T : class, ITenantOwned
    {
        var entity = model.Entity<T>();
        if (typeof(T).GetProperty("Id") is not null)
        {
            entity.HasKey("TenantId", "Id");
            entity.Property("Id").ValueGeneratedNever();
        }
        entity.HasQueryFilter(TenantFilter, row => All || Tenants.Contains(row.TenantId));
    }

    /// <summary>The name under which no query may drop the filter, save where the banned list lets it.</summary>
    public const string TenantFilter = "tenant";

    /// <summary>The transaction that wrote an event: what came later than a moment is known by it, ids alone cannot say that.</summary>
    public const string TransactionOf = "Xact";

    /// <param name="isReplaced">The value is never changed in place, so that it needs no copy to be compared with.</param>
    internal static void Json<T>(PropertyBuilder<T> property, bool isReplaced = false) => property.HasColumnType("jsonb").HasConversion(
        value => JsonSerializer.Serialize(value, ColumnTypes.JsonOptions),
        text => JsonSerializer.Deserialize<T>(text, ColumnTypes.JsonOptions)!,
        isReplaced ? new Microsoft.EntityFrameworkCore.ChangeTracking.ValueComparer<T>((a, b) => ReferenceEquals(a, b), value => value == null ? 0 : value.GetHashCode(), value => value) : new(
            (a, b) => JsonSerializer.Serialize(a, ColumnTypes.JsonOptions) == JsonSerializer.Serialize(b, ColumnTypes.JsonOptions),
            value => value == null ? 0 : value.GetHashCode(),
            value => JsonSerializer.Deserialize<T>(JsonSerializer.Serialize(value, ColumnTypes.JsonOptions), ColumnTypes.JsonOptions)!));
}
