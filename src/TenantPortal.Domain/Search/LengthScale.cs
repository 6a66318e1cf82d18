namespace TenantPortal.Domain.Search;

/// <summary>Scores frequencies in one document: BM25F over the whole (Robertson, Zaragoza, "Simple BM25 extension to multiple weighted fields", 2004) plus BM25 of the fields that state the problem.</summary>
internal readonly struct LengthScale
{
    private readonly float whole;
    private readonly int[] lengths;
    private readonly float[] averages;

    public LengthScale(int[] lengths, float[] averages, float averageLength)
    {
        (this.lengths, this.averages) = (lengths, averages);
        var length = 0;
        for (var field = 0; field < (int)SearchField.Learned; field++) length += lengths[field];
        whole = Weights.Saturation * (1 - Weights.LengthNormalisation + Weights.LengthNormalisation * length / averageLength);
    }

    public float Of(ulong counts)
    {
        float weighted = 0, top = 0;
        for (var field = 0; counts != 0; field++, counts >>= 8)
        {
            var count = (byte)counts;
            if (count == 0) continue;
            weighted += count * Weights.InWhole[field];
            top += OnTop(count, field);
        }

        return weighted / (weighted + whole) + top;
    }

    /// <summary>What one field gives of the sum.</summary>
    public float Of(ulong counts, SearchField asked)
    {
        float weighted = 0;
        for (var field = 0; field < AnalysedDocument.Fields; field++) weighted += Packed.Of(counts, (SearchField)field) * Weights.InWhole[field];
        var count = Packed.Of(counts, asked);
        return count == 0 ? 0 : count * Weights.InWhole[(int)asked] / (weighted + whole) + OnTop(count, (int)asked);
    }

    private float OnTop(int count, int field)
    {
        if (Weights.OnTop[field] == 0) return 0;
        var scale = Weights.SaturationOnTop * (1 - Weights.LengthOnTop + Weights.LengthOnTop * lengths[field] / averages[field]);
        return Weights.OnTop[field] * count / (count + scale);
    }
}
