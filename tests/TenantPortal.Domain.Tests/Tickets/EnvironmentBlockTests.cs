using TenantPortal.Domain.Tenancy;
using TenantPortal.Domain.Tickets;
using Xunit;

namespace TenantPortal.Domain.Tests.Tickets;

public sealed class EnvironmentBlockTests
{
    private static readonly DateTimeOffset Noon = new(2026, 3, 2, 12, 0, 0, TimeSpan.Zero);
    private static readonly TenantId Client = TenantId.New();

    private static TicketFact Fact(EnvironmentField field, string value, FactSource source, int minute) => new()
    {
        TenantId = Client, TicketId = TicketId.New(), Field = field, Value = value, Source = source, ByKind = ActorKind.Contact, ByName = "Eve", At = Noon.AddMinutes(minute),
    };

    [Fact]
    public void The_latest_value_stands_in_front_and_earlier_ones_behind_it()
    {
        var block = EnvironmentBlock.Of([Fact(EnvironmentField.App, "Word", FactSource.Asked, 0), Fact(EnvironmentField.App, "Excel", FactSource.Extracted, 5)], []);
        var row = block.Rows.Single(r => r.Field == EnvironmentField.App);
        Assert.Equal(("Excel", FactSource.Extracted), (row.Value, row.Source));
        Assert.Equal("Word", Assert.Single(row.Earlier).Value);
    }

    [Fact]
    public void Not_knowing_never_hides_what_was_known()
    {
        var block = EnvironmentBlock.Of([Fact(EnvironmentField.Os, "Windows 11", FactSource.Detected, 0), Fact(EnvironmentField.Os, "", FactSource.DoesNotKnow, 5)], [EnvironmentField.Os]);
        Assert.Equal("Windows 11", block.Rows.Single(r => r.Field == EnvironmentField.Os).Value);
        Assert.Equal(100, block.Score);
    }

    [Fact]
    public void Every_field_has_a_row_and_the_score_counts_only_what_the_category_needs()
    {
        var block = EnvironmentBlock.Of([Fact(EnvironmentField.Device, "LT-1", FactSource.AssetRecord, 0), Fact(EnvironmentField.Error, "", FactSource.DoesNotKnow, 0)], [EnvironmentField.Device, EnvironmentField.Error, EnvironmentField.FirstSeen]);
        Assert.Equal(12, block.Rows.Count);
        Assert.Equal(33, block.Score);
        Assert.Equal([EnvironmentField.Error, EnvironmentField.FirstSeen], block.Missing.Select(r => r.Field));
        Assert.Equal(FactSource.NotAsked, block.Rows.Single(r => r.Field == EnvironmentField.FirstSeen).Source);
        Assert.Equal(100, EnvironmentBlock.Of([], []).Score);
    }
}
