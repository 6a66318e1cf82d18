using System.Security.Cryptography;

namespace TenantPortal.Web.Tests.Structure;

/// <summary>A migration that an installation may have applied is never edited: it would refuse to start the next version. A new one gets its line here.</summary>
public sealed class MigrationsTests
{
    private static readonly string[] Applied =
    [
        "2de55a7c2d97 0001_tenancy.sql", "72cef57d1964 0002_people.sql", "dc88151cf0f4 0003_tickets.sql", "728d85c85fc3 0004_knowledge.sql",
        "502e8f755235 0005_clause_breadth.sql", "92334cfeb82f 0006_guide_answers.sql", "af9cc91c2091 0007_schema_seen.sql", "f4b4a105709a 0008_queue_order.sql",
        "ad3c7f279d99 0009_events_by_key.sql", "7f8b6c6f83f3 0010_clocks.sql", "c9465938d3b6 0011_clause_versions.sql", "2130bfe174e2 0012_due_work.sql",
        "b0ffcf5f2bc3 0013_escalation.sql",
        "08c1e02cc052 0015_approvals.sql", "7656c2eb6162 0016_audit.sql", "5ee840602d1b 0017_replay.sql", "c9d8c72621c2 0018_searches_kept.sql", "2569db60438c 0019_learned.sql",
        "99f702c01752 0020_team_hours_and_push.sql",
        "c41befb75d11 0022_audit_keeps_its_pace.sql",
        "5e171bbea05e 0023_api.sql", "58f42a128d87 0024_ticket_refs.sql", "ab88a26bc79a 0025_event_subscriptions.sql", "1e5e66167693 0026_secrets.sql", "122c9ab67784 0027_backup_role.sql", "9579e35d7eeb 0028_file_places.sql", "7aaf4f87e256 0029_passing_on.sql", "6cca2419a393 0030_locked_out.sql", "43a64ac47927 0031_site_sign_in.sql",
    ];

    [Fact]
    public void Each_is_as_it_was_when_it_was_added() =>
        Assert.Equal(Applied, Directory.GetFiles(Path.Combine(Server.Folder, "src", "TenantPortal.Web", "Infrastructure", "Data", "Migrations"), "*.sql").Order(StringComparer.Ordinal)
            .Select(file => $"{Convert.ToHexStringLower(SHA256.HashData(File.ReadAllBytes(file)))[..12]} {Path.GetFileName(file)}"));
}
