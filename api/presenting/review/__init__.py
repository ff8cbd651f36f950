"""What a reviewer's own pages say: values of the views in, words, days and colours of tags out."""
