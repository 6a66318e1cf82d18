using Xunit.Sdk;
using Xunit.v3;

[assembly: TestCollectionOrderer(typeof(TenantPortal.Web.Tests.LongestFirst))]

namespace TenantPortal.Web.Tests;

/// <summary>The walks over every way in go first, so that nothing waits for one that began last.</summary>
public sealed class LongestFirst : ITestCollectionOrderer
{
    private static readonly string[] Long = [nameof(Twin.TwinTests), nameof(Hostile.HostileFormsTests), nameof(Tenancy.PoolTests)];

    public IReadOnlyCollection<TTestCollection> OrderTestCollections<TTestCollection>(IReadOnlyCollection<TTestCollection> testCollections) where TTestCollection : ITestCollection =>
        [.. testCollections.OrderByDescending(c => Array.Exists(Long, name => c.TestCollectionDisplayName.Contains(name, StringComparison.Ordinal)))];
}
